#include "core/text/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct digest {
    EVP_MD_CTX *context;
};

/* `method` NULL: the one of before, which libcrypto need not look up again. */
static int begin(struct digest *digest, const EVP_MD *method, struct err *err)
{
    if (EVP_DigestInit_ex(digest->context, method, NULL) == 1)
        return 0;
    return err_set(err, ERR_SYSTEM, "libcrypto does not offer SHA-256; check its configuration");
}

int digest_new(struct digest **out, struct err *err)
{
    struct digest *digest = malloc(sizeof *digest);
    if (!digest)
        return err_memory(err);
    digest->context = EVP_MD_CTX_new();
    if (!digest->context) {
        free(digest);
        return err_memory(err);
    }
    if (begin(digest, EVP_sha256(), err) < 0) {
        digest_free(digest);
        return -1;
    }
    *out = digest;
    return 0;
}

int digest_add(struct digest *digest, struct str bytes, struct err *err)
{
    if (bytes.n == 0 || EVP_DigestUpdate(digest->context, bytes.p, bytes.n) == 1)
        return 0;
    return err_memory(err);
}

int digest_end(struct digest *digest, char hex[DIGEST_HEX], struct err *err)
{
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_DigestFinal_ex(digest->context, raw, &size) != 1 || size * 2 + 1 != DIGEST_HEX)
        return err_memory(err);
    for (unsigned i = 0; i < size; i++) {
        hex[2 * i] = "0123456789abcdef"[raw[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[raw[i] & 15];
    }
    hex[2 * size] = 0;
    return begin(digest, NULL, err);
}

void digest_free(struct digest *digest)
{
    if (!digest)
        return;
    EVP_MD_CTX_free(digest->context);
    free(digest);
}

int digest_of(struct str bytes, char hex[DIGEST_HEX], struct err *err)
{
    struct digest *digest;
    if (digest_new(&digest, err) < 0)
        return -1;
    int status = digest_add(digest, bytes, err);
    if (status == 0)
        status = digest_end(digest, hex, err);
    digest_free(digest);
    return status;
}
