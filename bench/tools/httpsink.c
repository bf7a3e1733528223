/*
 * httpsink: a webhook's far end for measurements. Answers every request with 200 and counts whose mail it carried.
 *
 * One thread, epoll, HTTP/1.1 with kept connections; bodies with Content-Length or chunked, of any size, never stored.
 * The first "wb-RRRRRRRR-NNNNNNNN" in a body is the mail's id (see smtpload.c).
 *
 *   POST /anything           200; counted
 *   GET  /stats              what was counted for the present run, as JSON
 *   POST /run/RRRRRRRR       begins a run: counts from zero, ids of other runs are strays
 *
 * Listens on 127.0.0.1 only. Ends on SIGTERM, or when the process that started it is gone.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 65536, ID_LENGTH = 20, MAILS_MAX = 10000000 };

/* Where a connection stands in its request. */
enum state { HEAD, BODY, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILER };

struct connection {
    int socket;
    enum state state;
    uint64_t left; /* bytes of the body or chunk still to come */
    size_t length; /* bytes in buffer */
    bool found, is_stats, is_run, is_last;
    unsigned new_run;
    char tail[ID_LENGTH]; /* the end of the piece before: an id may lie across two pieces */
    size_t tail_length;
    unsigned id_run;
    uint32_t id_number;
    char buffer[BUFFER];
};

static struct {
    unsigned run;
    uint64_t requests, repeats, without_id, strays, bytes, unique;
    double first, last;
} counted;

static uint64_t connections_ever;
static uint8_t *seen;
static int poller;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void begin_run(unsigned run) {
    memset(&counted, 0, sizeof counted);
    memset(seen, 0, MAILS_MAX);
    counted.run = run;
}

/* ---- Finding and counting ids --------------------------------------------------------------------------------- */

static bool is_id(const char *text, unsigned *run, uint32_t *mail) {
    if (memcmp(text, "wb-", 3) || text[11] != '-') return false;
    char copy[ID_LENGTH + 1], *end;
    memcpy(copy, text, ID_LENGTH);
    copy[11] = copy[ID_LENGTH] = 0;
    *run = (unsigned)strtoul(copy + 3, &end, 16);
    if (end != copy + 11) return false;
    *mail = (uint32_t)strtoul(copy + 12, &end, 10);
    return end == copy + ID_LENGTH;
}

static void find_id(struct connection *connection, const char *text, size_t length) {
    const char *end = text + length, *at = text;
    while (end - at >= ID_LENGTH && (at = memmem(at, (size_t)(end - at), "wb-", 3)) && end - at >= ID_LENGTH) {
        if (is_id(at, &connection->id_run, &connection->id_number)) {
            connection->found = true;
            return;
        }
        at++;
    }
}

static void look_through(struct connection *connection, const char *piece, size_t length) {
    counted.bytes += length;
    if (connection->found) return;
    char seam[2 * ID_LENGTH];
    size_t begin = length < ID_LENGTH ? length : ID_LENGTH;
    memcpy(seam, connection->tail, connection->tail_length);
    memcpy(seam + connection->tail_length, piece, begin);
    find_id(connection, seam, connection->tail_length + begin);
    if (!connection->found) find_id(connection, piece, length);
    size_t keep = ID_LENGTH - 1;
    if (length >= keep) {
        memcpy(connection->tail, piece + length - keep, keep);
        connection->tail_length = keep;
    } else {
        size_t all = connection->tail_length + length, drop = all > keep ? all - keep : 0;
        memmove(connection->tail, connection->tail + drop, connection->tail_length - drop);
        memcpy(connection->tail + connection->tail_length - drop, piece, length);
        connection->tail_length = all - drop;
    }
}

static void count_request(struct connection *connection) {
    counted.requests++;
    counted.last = now();
    if (!counted.first) counted.first = counted.last;
    if (!connection->found) counted.without_id++;
    else if (connection->id_run != counted.run || connection->id_number >= MAILS_MAX) counted.strays++;
    else if (seen[connection->id_number]) counted.repeats++;
    else {
        seen[connection->id_number] = 1;
        counted.unique++;
    }
}

/* ---- HTTP ----------------------------------------------------------------------------------------------------- */

static void drop(struct connection *connection) {
    close(connection->socket);
    free(connection);
}

static bool answer(struct connection *connection, const char *content) {
    char text[1024];
    int length = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s\r\n%s",
                          strlen(content), connection->is_last ? "Connection: close\r\n" : "", content);
    return send(connection->socket, text, (size_t)length, MSG_NOSIGNAL) == length && !connection->is_last;
}

static bool answer_stats(struct connection *connection) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                 (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    char content[512];
    snprintf(content, sizeof content,
             "{\"run\": \"%08x\", \"requests\": %lu, \"unique\": %lu, \"repeats\": %lu, \"without_id\": %lu, \"strays\": %lu, "
             "\"bytes\": %lu, \"connections\": %lu, \"first\": %.6f, \"last\": %.6f, \"cpu_seconds\": %.4f}\n",
             counted.run, counted.requests, counted.unique, counted.repeats, counted.without_id, counted.strays,
             counted.bytes, connections_ever, counted.first, counted.last, cpu);
    return answer(connection, content);
}

/* The request is whole. Returns whether the connection stays. */
static bool request_ended(struct connection *connection) {
    connection->state = HEAD;
    if (connection->is_stats) return answer_stats(connection);
    if (connection->is_run) begin_run(connection->new_run);
    else count_request(connection);
    return answer(connection, "{}");
}

static const char *header_value(const char *line, const char *name) {
    size_t length = strlen(name);
    if (strncasecmp(line, name, length) || line[length] != ':') return NULL;
    line += length + 1;
    return line + strspn(line, " \t");
}

/* Reads the request's head (ended by a NUL). Returns whether the connection stays. */
static bool begin_request(struct connection *connection, char *head) {
    const char *value;
    connection->found = connection->is_last = false;
    connection->tail_length = 0;
    connection->left = 0;
    connection->is_stats = !strncmp(head, "GET /stats", 10);
    connection->is_run = !strncmp(head, "POST /run/", 10);
    if (connection->is_run) connection->new_run = (unsigned)strtoul(head + 10, NULL, 16);
    bool chunked = false;
    for (char *line = strchr(head, '\n'); line && *++line; line = strchr(line, '\n')) {
        if ((value = header_value(line, "Content-Length"))) connection->left = strtoull(value, NULL, 10);
        if ((value = header_value(line, "Transfer-Encoding"))) chunked = !strncasecmp(value, "chunked", 7);
        if ((value = header_value(line, "Connection"))) connection->is_last = !strncasecmp(value, "close", 5);
        if ((value = header_value(line, "Expect"))) {
            static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
            if (send(connection->socket, go_on, sizeof go_on - 1, MSG_NOSIGNAL) < 0) return false;
        }
    }
    connection->state = chunked ? CHUNK_SIZE : BODY;
    return chunked || connection->left || request_ended(connection);
}

/* Cuts a line from the buffer at *at; NULL while it is not whole. */
static char *take_line(struct connection *connection, size_t *at) {
    char *begin = connection->buffer + *at, *feed = memchr(begin, '\n', connection->length - *at);
    if (!feed) return NULL;
    *feed = 0;
    *at = (size_t)(feed + 1 - connection->buffer);
    return begin;
}

/* Goes through what was read. Returns whether the connection stays. */
static bool advance(struct connection *connection) {
    size_t at = 0;
    bool stays = true;
    while (stays && at < connection->length) {
        char *begin = connection->buffer + at, *line;
        size_t there = connection->length - at, piece;
        switch (connection->state) {
        case HEAD: {
            char *end = memmem(begin, there, "\r\n\r\n", 4);
            if (!end) goto more;
            *end = 0;
            at += (size_t)(end + 4 - begin);
            stays = begin_request(connection, begin);
            break;
        }
        case BODY:
        case CHUNK:
            piece = there < connection->left ? there : (size_t)connection->left;
            look_through(connection, begin, piece);
            at += piece;
            connection->left -= piece;
            if (connection->left) break;
            if (connection->state == CHUNK) connection->state = CHUNK_END;
            else stays = request_ended(connection);
            break;
        case CHUNK_SIZE:
            if (!(line = take_line(connection, &at))) goto more;
            connection->left = strtoull(line, NULL, 16);
            connection->state = connection->left ? CHUNK : TRAILER;
            break;
        case CHUNK_END:
            if (!take_line(connection, &at)) goto more;
            connection->state = CHUNK_SIZE;
            break;
        case TRAILER:
            if (!(line = take_line(connection, &at))) goto more;
            if (*line == '\r' || !*line) stays = request_ended(connection);
            break;
        }
    }
more:
    connection->length -= at;
    memmove(connection->buffer, connection->buffer + at, connection->length);
    return stays && connection->length < BUFFER;
}

static void readable(struct connection *connection) {
    ssize_t length = recv(connection->socket, connection->buffer + connection->length, BUFFER - connection->length, 0);
    if (length < 0 && errno == EAGAIN) return;
    if (length > 0) {
        connection->length += (size_t)length;
        if (advance(connection)) return;
    }
    drop(connection);
}

static void take_connections(int listener) {
    int socket, one = 1;
    while ((socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        struct connection *connection = malloc(sizeof *connection);
        if (!connection) {
            close(socket);
            continue;
        }
        connection->socket = socket;
        connection->state = HEAD;
        connection->length = 0;
        connections_ever++;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event);
    }
}

int main(int count, char **values) {
    int port = count == 2 ? atoi(values[1]) : 0, one = 1;
    if (port <= 0 || port > 65535) {
        fputs("usage: httpsink PORT\n", stderr);
        return 2;
    }
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    seen = malloc(MAILS_MAX);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (!seen || bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) {
        fprintf(stderr, "httpsink: port %d: %s\n", port, strerror(errno));
        return 1;
    }
    begin_run(0);
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[64];
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(poller, events, 64, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr) readable(events[i].data.ptr);
            else take_connections(listener);
        }
    }
}
