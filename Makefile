# gongkai - build, test, lint. `make help` lists the targets.
#
# MODE=release|debug|asan  each has a build folder of its own, so their objects never mix
# DEVELOPER=1              warnings are errors
# SQLITE_DIR=DIR           a SQLite of your own: DIR holds sqlite3.h and sqlite3.c (or a library)
# PREFIX=, DESTDIR=        where `make install` puts things
# V=1                      show the commands

MODE ?= release
B := build/$(MODE)
PREFIX ?= /usr/local
VERSION := $(shell git describe --always --dirty 2>/dev/null || echo unknown)

CC ?= cc
STD := -std=c17 -D_GNU_SOURCE -I.
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wwrite-strings -Wformat=2 -Wvla
ERROR := $(if $(DEVELOPER),-Werror)
OPT_release := -O2 -g
OPT_debug := -O0 -g3
OPT_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
OPT := $(or $(OPT_$(MODE)),$(error MODE=$(MODE): release, debug or asan))
LIBS := -Wl,--as-needed -lz -ldeflate -lcsv -lgumbo -lutf8proc -larchive -lminizip -lexpat -lxlsxwriter \
        -lcrypto -lxxhash -lpthread -lm

ifneq ($(SQLITE_DIR),)
STD += -I$(SQLITE_DIR)
ifneq ($(wildcard $(SQLITE_DIR)/sqlite3.c),)
SQLITE := $(B)/sqlite3.o
LIBS += -ldl
else
LIBS += -L$(SQLITE_DIR) -Wl,-rpath,$(abspath $(SQLITE_DIR)) -lsqlite3
endif
else
LIBS += -lsqlite3
endif

SRC := $(sort $(wildcard core/*/*.c importers/*.c))
CMD := $(sort $(wildcard cmd/*.c))
RES := $(sort $(shell find sql -type f))
OBJ := $(SRC:%.c=$(B)/%.o) $(B)/resources.o
# Tests: tests/unit/test_*.c and tests/fuzz/fuzz_*.c (their seeds replayed) are programs that
# print TAP, tests/cli/*.t and tests/lint/*.t are scripts that do.
UNIT := $(patsubst tests/unit/%.c,$(B)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
REPLAY := $(patsubst tests/fuzz/%.c,$(B)/tests/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
CLI := $(sort $(wildcard tests/cli/*.t))
LINT := $(sort $(wildcard tests/lint/*.t))
# Those of tests/torture are short here, and long in `make torture`.
TORTURE := $(sort $(wildcard tests/torture/*.t))
GENERATE := $(sort $(wildcard tests/generate/*.c))
DATA := $(sort $(wildcard tests/bench/data/*.c))
TOOLS := $(B)/tests/generator $(B)/tests/province-maker $(B)/tests/bench-data $(B)/tests/measure \
         $(B)/tests/shim.so
RUN = GONGKAI=$(abspath $(B)/gongkai) TOOLS=$(abspath $(B)/tests) CC="$(CC)" \
      BUILD=$(abspath $(B)) sh tests/run.sh

# `make check` and `make demo` use every processor.
ifneq ($(filter check check-all demo,$(MAKECMDGOALS)),)
MAKEFLAGS += -j$(shell nproc)
endif
Q := $(if $(V),,@)
# not under V=1, nor under make -s
say = $(if $(V)$(findstring s,$(filter-out --%,$(firstword $(MAKEFLAGS)))),@:,@echo "  $(1)  $@")

all: $(B)/gongkai ## build the program: build/release/gongkai

test: $(UNIT) $(REPLAY) $(B)/gongkai $(TOOLS) ## build, run all tests: the last line counts them
	@COUNTS=$(B)/counts $(RUN) $(TORTURE) $(UNIT) $(REPLAY) $(CLI) $(LINT)

check: SETUP := --install
check: test ## set up, build, run all tests

# What needs a browser, a database server, an office suite or npm besides: set up when all else has
# passed, skipped where it cannot be had. The last line counts everything.
ALL := $(sort $(wildcard tests/all/*.t))
check-all: SETUP := --install
check-all: check ## the same, and what needs a browser, a database server or npm
	@sh tests/all/setup.sh
	@AFTER=$(B)/counts $(RUN) $(ALL)

# Packages are looked for before the first file is compiled; `check`, `demo` and `setup` install
# those that are missing, everything else names the command that would.
SETUP := --need
PACKAGES := build test
packages:
	@sh tests/setup/setup.sh $(SETUP) $(PACKAGES)
setup: SETUP := --install
setup: packages ## install the Debian packages that are missing

demo: SETUP := --install
demo: $(B)/gongkai ## set up, build, run the whole job on the fixtures and show the result
	@GONGKAI=$(B)/gongkai sh tests/demo.sh build/demo

$(B)/gongkai: $(CMD:%.c=$(B)/%.o) $(B)/libgongkai.a
	$(call say,LD)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/libgongkai.a: $(OBJ) $(SQLITE)
	@rm -f $@
	$(call say,AR)
	$(Q)$(AR) rcs $@ $^

$(B)/resources.c: core/base/embed.sh $(RES) | packages
	@mkdir -p $(@D)
	$(call say,SQL)
	$(Q)sh core/base/embed.sh $(RES) > $@

$(B)/resources.o: $(B)/resources.c
	$(call say,CC)
	$(Q)$(CC) $(STD) $(OPT) -c -o $@ $<

$(B)/sqlite3.o: $(SQLITE_DIR)/sqlite3.c | packages
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) -O2 -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_PREUPDATE_HOOK -c -o $@ $<

$(B)/%.o: %.c $(B)/flags | packages
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(STD) $(WARN) $(ERROR) $(OPT) $(CFLAGS) -MMD -MP -c -o $@ $<

# Changed only when the flags have, so that other flags build everything again.
FLAGS := $(CC) $(STD) $(WARN) $(OPT) $(CFLAGS)
$(B)/flags: always
	@mkdir -p $(@D)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' > $@

$(B)/tests/test_%: $(B)/tests/unit/test_%.o $(B)/libgongkai.a
	$(call say,LD)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

# the commands, without their main
COMMANDS := $(filter-out cmd/gongkai.c,$(CMD))
$(B)/tests/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/replay.o $(COMMANDS:%.c=$(B)/%.o) \
    $(B)/libgongkai.a
	$(call say,LD)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/tests/generator: $(GENERATE:%.c=$(B)/%.o) $(B)/libgongkai.a
	$(call say,LD)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/tests/province-maker: $(B)/tests/province/province.o \
    $(filter-out %/generate.o,$(GENERATE:%.c=$(B)/%.o)) $(B)/libgongkai.a
	$(call say,LD)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/tests/bench-data: $(DATA:%.c=$(B)/%.o) \
    $(filter-out %/generate.o,$(GENERATE:%.c=$(B)/%.o)) $(B)/libgongkai.a
	$(call say,LD)
	$(Q)$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

# A disk and a memory that fail, put before the C library by tests/torture.
$(B)/tests/shim.so: tests/torture/shim_disk.c tests/torture/shim_memory.c tests/torture/shim.h | packages
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(STD) $(WARN) $(ERROR) -O2 -g -fPIC -shared -o $@ $(filter %.c,$^) -ldl -lpthread

$(B)/tests/measure: tests/bench/measure.c $(B)/flags | packages
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(STD) $(WARN) $(ERROR) -O2 -o $@ $<

# SCALE=quick is a tenth of the full work; growth is the full work and ten times it.
SCALE ?= quick
bench: $(B)/gongkai $(B)/tests/bench-data $(B)/tests/measure ## measure against the peers that are installed: SCALE=quick, full, growth
	@GONGKAI=$(abspath $(B)/gongkai) TOOLS=$(abspath $(B)/tests) sh tests/bench/bench.sh $(SCALE)

bench-deps: ## install those peers: Debian packages, and DuckDB by npm into build/bench
	@sh tests/setup/setup.sh --install build test bench
	@command -v npm >/dev/null || sh tests/setup/setup.sh --install npm
	@mkdir -p build/bench && cp tests/bench/package.json build/bench/
	npm install --prefix build/bench --no-audit --no-fund

province: $(B)/tests/province-maker ## write the files of fixtures/province anew from its plan
	$< fixtures/province/agencies.csv fixtures/province/plan.tsv fixtures/province

lint: PACKAGES += lint
lint: SETUP := --install
lint: $(B)/gongkai ## layers, lone headers, banned functions, SQL, messages, clang-tidy
	@$(RUN) $(LINT) tests/lint/clang-tidy.sh

# Fuzzing needs clang: every target runs FUZZ_SECONDS; what it finds belongs in fixtures/fuzz/.
FUZZ_SECONDS ?= 20
# (NULL + 0, an empty text, is no mistake in C: pointer-overflow is not looked for)
FUZZ_OPT := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize=pointer-overflow \
            -fno-sanitize-recover=all
FUZZ := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
fuzz: PACKAGES += lint
fuzz: SETUP := --install
fuzz: $(FUZZ) ## run every fuzz target for FUZZ_SECONDS
	@failed=0; for target in $(FUZZ); do \
	    sh tests/fuzz/run.sh $$target $(FUZZ_SECONDS) || failed=1; done; exit $$failed

build/fuzz/%.o: %.c | packages
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)clang $(STD) $(WARN) $(FUZZ_OPT) -MMD -MP -c -o $@ $<

build/fuzz/resources.o: $(B)/resources.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)clang $(STD) $(FUZZ_OPT) -c -o $@ $<

build/fuzz/libgongkai.a: $(SRC:%.c=build/fuzz/%.o) $(COMMANDS:%.c=build/fuzz/%.o) \
    build/fuzz/resources.o
	@rm -f $@
	$(call say,AR)
	$(Q)$(AR) rcs $@ $^

build/fuzz/fuzz_%: build/fuzz/tests/fuzz/fuzz_%.o build/fuzz/libgongkai.a
	$(call say,LD)
	$(Q)clang $(FUZZ_OPT) -fsanitize=fuzzer -o $@ $^ $(LIBS)

# The manual and the completions come out of the program: they are always those of its commands.
SHARE := $(DESTDIR)$(PREFIX)/share
EXAMPLES := $(wildcard cmd/gongkai.cron cmd/gongkai.service cmd/gongkai.timer)
install: $(B)/gongkai ## install below $(DESTDIR)$(PREFIX)
	install -D -m 755 $(B)/gongkai $(DESTDIR)$(PREFIX)/bin/gongkai
	$(B)/gongkai manual --lang en > $(B)/gongkai.1
	$(B)/gongkai manual --lang zh > $(B)/gongkai.zh.1
	install -D -m 644 $(B)/gongkai.1 $(SHARE)/man/man1/gongkai.1
	install -D -m 644 $(B)/gongkai.zh.1 $(SHARE)/man/zh_CN/man1/gongkai.1
	for shell in bash zsh fish; do \
	  $(B)/gongkai completion $$shell --lang en > $(B)/completion.$$shell || exit 1; done
	install -D -m 644 $(B)/completion.bash $(SHARE)/bash-completion/completions/gongkai
	install -D -m 644 $(B)/completion.zsh $(SHARE)/zsh/site-functions/_gongkai
	install -D -m 644 $(B)/completion.fish $(SHARE)/fish/vendor_completions.d/gongkai.fish
	install -D -m 644 -t $(SHARE)/doc/gongkai/examples $(EXAMPLES)

uninstall: ## take away what install has put there
	rm -f $(DESTDIR)$(PREFIX)/bin/gongkai $(SHARE)/man/man1/gongkai.1 \
	  $(SHARE)/man/zh_CN/man1/gongkai.1 $(SHARE)/bash-completion/completions/gongkai \
	  $(SHARE)/zsh/site-functions/_gongkai $(SHARE)/fish/vendor_completions.d/gongkai.fish \
	  $(EXAMPLES:cmd/%=$(SHARE)/doc/gongkai/examples/%)

dist: ## the sources of the last commit as build/gongkai-VERSION.tar.gz
	@mkdir -p build
	git archive --prefix=gongkai-$(VERSION)/ HEAD | gzip -n9 > build/gongkai-$(VERSION).tar.gz

clean: ## remove everything that was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 12
	@sed -n 's/^# \([A-Z_]*=.*\)/  \1/p' Makefile

-include $(shell find $(B) build/fuzz -name '*.d' 2>/dev/null)
.PHONY: all test check check-all torture bench bench-deps packages setup demo province lint fuzz install uninstall dist clean help always
.SECONDARY:
.DELETE_ON_ERROR:
