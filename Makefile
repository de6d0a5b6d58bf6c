# gongkai - build, test, lint. `make help` lists the targets.
MODE ?= release
B := build/$(MODE)

CC ?= cc
STD := -std=c17 -D_GNU_SOURCE -I.
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wwrite-strings -Wformat=2 -Wvla
ifdef DEVELOPER
WARN += -Werror
endif
OPT_release := -O2 -g
OPT_debug := -O0 -g3
OPT_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
OPT := $(OPT_$(MODE))
LIBS := -lsqlite3 -lz -lcsv -lgumbo -lutf8proc -larchive -lminizip -lexpat -lxlsxwriter -lcrypto -lxxhash -lpthread

SRC := $(sort $(wildcard core/*/*.c importers/*.c))
CMD := $(sort $(wildcard cmd/*.c))
RES := $(sort $(shell find sql -type f))
OBJ := $(SRC:%.c=$(B)/%.o) $(B)/resources.o

all: $(B)/gongkai

$(B)/gongkai: $(CMD:%.c=$(B)/%.o) $(B)/libgongkai.a
	$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/libgongkai.a: $(OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(B)/resources.c: core/base/embed.sh $(RES)
	@mkdir -p $(@D)
	sh core/base/embed.sh $(RES) > $@

$(B)/resources.o: $(B)/resources.c
	$(CC) $(STD) $(OPT) -c -o $@ $<

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(WARN) $(OPT) $(CFLAGS) -MMD -MP -c -o $@ $<

clean:
	rm -rf build

-include $(shell find build -name '*.d' 2>/dev/null)
.PHONY: all clean
.DELETE_ON_ERROR:

# Tests: tests/unit/test_*.c are programs that print TAP; tests/cli/*.t are scripts that do.
UNIT := $(patsubst tests/unit/%.c,$(B)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
CLI := $(sort $(wildcard tests/cli/*.t))

$(B)/tests/%: $(B)/tests/unit/%.o $(B)/libgongkai.a
	$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

test: $(UNIT) $(B)/gongkai
	GONGKAI=$(abspath $(B)/gongkai) tests/run.sh $(UNIT) $(CLI)
.PHONY: test
.SECONDARY:
