/* The digest's own functions of libcrypto, not the general ones (EVP): those look the method up in tables
 * made at run time, which costs a run 1,500 pieces of memory, and crashes where one of them is refused. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "core/text/digest.h"

#include <openssl/sha.h>
#include <stdlib.h>

struct digest {
    SHA256_CTX context;
};

static int failed(struct err *err)
{
    return err_set(err, ERR_SYSTEM, "libcrypto does not offer SHA-256; check its configuration");
}

int digest_new(struct digest **out, struct err *err)
{
    struct digest *digest = malloc(sizeof *digest);
    if (!digest)
        return err_refused(err);
    if (SHA256_Init(&digest->context) != 1) {
        free(digest);
        return failed(err);
    }
    *out = digest;
    return 0;
}

int digest_add(struct digest *digest, struct str bytes, struct err *err)
{
    if (bytes.n == 0 || SHA256_Update(&digest->context, bytes.p, bytes.n) == 1)
        return 0;
    return failed(err);
}

int digest_end(struct digest *digest, char hex[DIGEST_HEX], struct err *err)
{
    unsigned char raw[SHA256_DIGEST_LENGTH];
    if (SHA256_Final(raw, &digest->context) != 1 || SHA256_Init(&digest->context) != 1)
        return failed(err);
    for (size_t i = 0; i < sizeof raw; i++) {
        hex[2 * i] = "0123456789abcdef"[raw[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[raw[i] & 15];
    }
    hex[2 * sizeof raw] = 0;
    return 0;
}

void digest_free(struct digest *digest)
{
    free(digest);
}

int digest_of(struct str bytes, char hex[DIGEST_HEX], struct err *err)
{
    struct digest digest;
    if (SHA256_Init(&digest.context) != 1)
        return failed(err);
    int status = digest_add(&digest, bytes, err);
    return status == 0 ? digest_end(&digest, hex, err) : -1;
}
