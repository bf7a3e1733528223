/* The far end of outbound mail: takes every mail on 127.0.0.2 and the addresses behind it, and counts.
 *
 * usage: smtpsink PORT ADDRESSES
 * Listens on so many addresses from 127.0.0.2 on. On SIGUSR1 it prints one line of JSON: mails, bytes, connections, and the CPU
 * seconds it took. Ends on SIGTERM. One thread, epoll. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINE = 1024, BUFFER = 256 * 1024, EVENTS = 256 };

struct connection {
    int socket;
    int listens;
    int in_data;
    int leaves;
    size_t filled;
    char line[LINE];
};

static long mails, bytes, connections;
static volatile sig_atomic_t asked, ended;

static void on_signal(int signal_number) {
    if (signal_number == SIGUSR1)
        asked = 1;
    else
        ended = 1;
}

static void say(struct connection *peer, const char *text) {
    if (write(peer->socket, text, strlen(text)) < 0)
        peer->leaves = 1;
}

static void hear(struct connection *peer) {
    if (peer->in_data) {
        if (peer->filled == 1 && peer->line[0] == '.') {
            peer->in_data = 0;
            mails++;
            say(peer, "250 2.0.0 taken\r\n");
        }
    } else if (!strncasecmp(peer->line, "EHLO", 4)) {
        say(peer, "250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 104857600\r\n");
    } else if (!strncasecmp(peer->line, "DATA", 4)) {
        peer->in_data = 1;
        say(peer, "354 go on\r\n");
    } else if (!strncasecmp(peer->line, "QUIT", 4)) {
        say(peer, "221 2.0.0 bye\r\n");
        peer->leaves = 1;
    } else {
        say(peer, "250 2.1.0 ok\r\n");
    }
}

/* Lines end with CRLF; of a longer one only the beginning is kept. */
static void take(struct connection *peer, const char *data, size_t length) {
    bytes += (long)length;
    for (size_t i = 0; i < length; i++) {
        if (data[i] == '\n') {
            if (peer->filled > 0 && peer->line[peer->filled - 1] == '\r')
                peer->filled--;
            peer->line[peer->filled] = 0;
            hear(peer);
            peer->filled = 0;
        } else if (peer->filled < LINE - 1) {
            peer->line[peer->filled++] = data[i];
        }
    }
}

static void watch(int poll, struct connection *peer) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
    epoll_ctl(poll, EPOLL_CTL_ADD, peer->socket, &event);
}

static int listen_on(int poll, unsigned address, int port) {
    struct connection *listener = calloc(1, sizeof *listener);
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(address)};
    int on = 1;
    listener->listens = 1;
    listener->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(listener->socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener->socket, (struct sockaddr *)&place, sizeof place) || listen(listener->socket, 1024))
        return 0;
    watch(poll, listener);
    return 1;
}

static void welcome(int poll, int listener) {
    int accepted;
    while ((accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct connection *peer = calloc(1, sizeof *peer);
        int on = 1;
        setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        peer->socket = accepted;
        connections++;
        watch(poll, peer);
        say(peer, "220 sink.test ESMTP\r\n");
    }
}

static void report(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    printf("{\"mails\":%ld,\"bytes\":%ld,\"connections\":%ld,\"cpu_seconds\":%.3f}\n", mails, bytes, connections, cpu);
    fflush(stdout);
}

int main(int count, char **words) {
    static char buffer[BUFFER];
    struct epoll_event events[EVENTS];
    if (count != 3) {
        fprintf(stderr, "usage: smtpsink PORT ADDRESSES\n");
        return 2;
    }
    int poll = epoll_create1(0), addresses = atoi(words[2]);
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < addresses; i++) {
        if (!listen_on(poll, 0x7f000002u + (unsigned)i, atoi(words[1]))) {
            perror("smtpsink");
            return 1;
        }
    }
    printf("ready\n");
    fflush(stdout);
    while (!ended) {
        int ready = epoll_wait(poll, events, EVENTS, 200);
        for (int i = 0; i < ready; i++) {
            struct connection *peer = events[i].data.ptr;
            if (peer->listens) {
                welcome(poll, peer->socket);
                continue;
            }
            ssize_t got = read(peer->socket, buffer, sizeof buffer);
            if (got > 0)
                take(peer, buffer, (size_t)got);
            if (got == 0 || peer->leaves) {
                close(peer->socket);
                free(peer);
            }
        }
        if (asked) {
            asked = 0;
            report();
        }
    }
    report();
    return 0;
}
