/* thread.h - starts threads that leave the signals to the one that has always been there. */
#ifndef GONGKAI_BASE_THREAD_H
#define GONGKAI_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* Runs `main(self)` on a thread of its own, to be joined. False when none can be had. */
bool thread_start(pthread_t *thread, void *(*main)(void *self), void *self);

#endif
