/* lang.h - the language of messages: English or Chinese, from one table of both. */
#ifndef GONGKAI_BASE_LANG_H
#define GONGKAI_BASE_LANG_H

enum lang { LANG_EN, LANG_ZH };

/* Sets the language of this run. Call once, before any thread starts. */
void lang_set(enum lang lang);

/* The language of this run. */
enum lang lang_get(void);

/* The language that LC_ALL, LC_MESSAGES or LANG ask for: Chinese when the first one set
 * begins with "zh". */
enum lang lang_from_environment(void);

/* The Chinese of an English message or format (a row of sql/messages.tsv), or the English
 * itself where there is none. */
const char *lang_chinese(const char *english) __attribute__((format_arg(1)));

/* `english` in a language: for documents, whose language need not be that of the run. */
const char *lang_in(enum lang lang, const char *english) __attribute__((format_arg(2)));

/* `english` in the language of this run. */
const char *tr(const char *english) __attribute__((format_arg(1)));

#endif
