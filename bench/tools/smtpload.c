/*
 * smtpload: sends mails to an SMTP server on this machine and measures how fast it takes them.
 *
 * One thread, epoll, non-blocking sockets. All mails share one body in memory; only the header with the mail's own id
 * differs, so the generator costs little beside the server that is measured. Each session talks as a plain sender does:
 * one command, then its reply (no pipelining). A mail counts when its final 250 was read.
 *
 * A mail's id is "wb-RRRRRRRR-NNNNNNNN" (run, number) and stands in its Message-ID, where the HTTP sink finds it again.
 * Only loopback addresses are accepted as targets. Prints one line of JSON.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { ADDRESS_MAX = 256, HEAD_MAX = 512, REPLY_MAX = 2048, FAILURES_MAX = 200 };

/* What a session waits for. */
enum state { IDLE, CONNECTED, GREETING, EHLO, MAIL, RCPT, DATA, CONTENT, QUIT };

struct session {
    int socket;
    enum state state;
    bool wants_write;
    unsigned sent_here;             /* mails on this connection */
    uint32_t number;                /* of the mail */
    double connect_time, mail_time; /* seconds; the start of the connection, of the mail */
    double content_time;            /* when the last byte of the content was handed to the kernel */
    char head[HEAD_MAX];            /* the command, or the header of the mail, that is being sent */
    size_t head_length, offset;     /* offset counts through head and body */
    bool with_body;
    char reply[REPLY_MAX];
    size_t reply_length;
};

static struct {
    struct sockaddr_in address;
    char from[ADDRESS_MAX], to[ADDRESS_MAX];
    unsigned sessions, per_connection, run;
    uint32_t mails;
    double seconds, patience;
    size_t size;
    const char *file;
} want = {.from = "sender@bench.test", .to = "inbox@example.test", .sessions = 1, .mails = 1000, .seconds = 10,
          .patience = 60, .size = 10240, .run = 1};

static struct {
    uint32_t started, accepted, refused, broken;
    double first, last;
    float *latency, *commit; /* seconds: the whole mail; from its last byte to the 250 */
    char error[200];
} had;

static char *body;
static size_t body_length;
static int poller;
static struct session *sessions;
static unsigned open_sessions;

static void die(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("smtpload: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void remember_error(const char *text) {
    size_t length = strcspn(text, "\r\n");
    if (length >= sizeof had.error) length = sizeof had.error - 1;
    for (size_t i = 0; i < length; i++)
        had.error[i] = (text[i] == '"' || text[i] == '\\' || (unsigned char)text[i] < ' ') ? ' ' : text[i];
    had.error[length] = 0;
}

/* ---- The body ------------------------------------------------------------------------------------------------- */

/* Lines of 76 characters, no two alike, so that a server that compresses or compares gains nothing. */
static void generate_body(size_t length) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789";
    uint64_t random = 0x9e3779b97f4a7c15u ^ want.run;
    body = malloc(length + 96);
    if (!body) die("no memory for a body of %zu bytes", length);
    while (body_length < length) {
        size_t line = length - body_length < 160 ? length - body_length : 78;
        if (line < 3) line = 3;
        for (size_t i = 0; i < line - 2; i++) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            body[body_length++] = letters[random % (sizeof letters - 1)];
        }
        body[body_length++] = '\r';
        body[body_length++] = '\n';
    }
}

/* A message file: line ends become CRLF, a dot that begins a line is doubled (RFC 5321 4.5.2). */
static void read_body(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) die("%s: %s", path, strerror(errno));
    fseek(file, 0, SEEK_END);
    size_t length = (size_t)ftell(file);
    rewind(file);
    char *raw = malloc(length + 1);
    body = malloc(2 * length + 8);
    if (!raw || !body || fread(raw, 1, length, file) != length) die("%s: cannot be read", path);
    fclose(file);
    bool line_begins = true;
    for (size_t i = 0; i < length; i++) {
        if (raw[i] == '\r') continue;
        if (raw[i] == '\n') body[body_length++] = '\r';
        else if (line_begins && raw[i] == '.') body[body_length++] = '.';
        body[body_length++] = raw[i];
        line_begins = raw[i] == '\n';
    }
    if (!line_begins) {
        body[body_length++] = '\r';
        body[body_length++] = '\n';
    }
    free(raw);
}

static int head_of_mail(char *head, uint32_t number) {
    int length = snprintf(head, HEAD_MAX, "Message-ID: <wb-%08x-%08u@bench.test>\r\n", want.run, number);
    if (want.file) return length; /* the file brings the other fields */
    return length + snprintf(head + length, HEAD_MAX - (size_t)length,
                             "Date: Mon, 23 Nov 2026 08:00:00 +0000\r\nFrom: Sender <%.100s>\r\nTo: <%.100s>\r\n"
                             "Subject: A mail to measure with\r\n\r\n", want.from, want.to);
}

static void prepare_body(void) {
    if (want.file) {
        read_body(want.file);
    } else {
        char head[HEAD_MAX];
        size_t head_length = (size_t)head_of_mail(head, 0);
        generate_body(want.size > head_length + 3 ? want.size - head_length : 3);
    }
    memcpy(body + body_length, ".\r\n", 3);
    body_length += 3;
}

/* ---- Sessions ------------------------------------------------------------------------------------------------- */

static void watch(struct session *session, bool write) {
    if (session->wants_write == write) return;
    struct epoll_event event = {.events = EPOLLIN | (write ? EPOLLOUT : 0u), .data.ptr = session};
    epoll_ctl(poller, EPOLL_CTL_MOD, session->socket, &event);
    session->wants_write = write;
}

static void close_session(struct session *session) {
    if (session->state == IDLE) return;
    close(session->socket);
    session->state = IDLE;
    open_sessions--;
}

static void break_off(struct session *session, const char *why) {
    remember_error(why);
    had.broken++;
    close_session(session);
}

static bool mail_is_left(void) {
    return had.started < want.mails && now() - had.first < want.seconds && had.broken < FAILURES_MAX;
}

static void open_session(struct session *session) {
    int one = 1;
    session->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (session->socket < 0) die("socket: %s", strerror(errno));
    setsockopt(session->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    session->state = CONNECTED;
    session->sent_here = 0;
    session->reply_length = 0;
    session->head_length = session->offset = 0;
    session->with_body = false;
    session->connect_time = now();
    session->wants_write = true;
    open_sessions++;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = session};
    epoll_ctl(poller, EPOLL_CTL_ADD, session->socket, &event);
    if (connect(session->socket, (struct sockaddr *)&want.address, sizeof want.address) < 0 && errno != EINPROGRESS)
        break_off(session, strerror(errno));
}

/* Hands over what the kernel takes of head and body; watches for room when it did not take all. */
static void flush(struct session *session) {
    size_t total = session->head_length + (session->with_body ? body_length : 0);
    while (session->offset < total) {
        struct iovec parts[2];
        int count = 0;
        if (session->offset < session->head_length)
            parts[count++] = (struct iovec){session->head + session->offset, session->head_length - session->offset};
        if (session->with_body) {
            size_t begin = session->offset > session->head_length ? session->offset - session->head_length : 0;
            parts[count++] = (struct iovec){body + begin, body_length - begin};
        }
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = (size_t)count};
        ssize_t written = sendmsg(session->socket, &message, MSG_NOSIGNAL);
        if (written < 0) {
            if (errno == EAGAIN) {
                watch(session, true);
                return;
            }
            break_off(session, strerror(errno));
            return;
        }
        session->offset += (size_t)written;
    }
    if (session->with_body) session->content_time = now();
    watch(session, false);
}

__attribute__((format(printf, 3, 4))) static void command(struct session *session, enum state next,
                                                          const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    session->head_length = (size_t)vsnprintf(session->head, HEAD_MAX, format, arguments);
    va_end(arguments);
    session->offset = 0;
    session->with_body = false;
    session->state = next;
    flush(session);
}

static void next_mail(struct session *session) {
    bool again = !want.per_connection || session->sent_here < want.per_connection;
    if (!again || !mail_is_left()) {
        command(session, QUIT, "QUIT\r\n");
        return;
    }
    session->number = had.started++;
    /* A mail with a connection of its own is timed from the connect, others from their MAIL. */
    session->mail_time = want.per_connection == 1 ? session->connect_time : now();
    session->sent_here++;
    command(session, MAIL, "MAIL FROM:<%s>\r\n", want.from);
}

static void send_content(struct session *session) {
    session->head_length = (size_t)head_of_mail(session->head, session->number);
    session->offset = 0;
    session->with_body = true;
    session->state = CONTENT;
    flush(session);
}

static void accepted(struct session *session) {
    double time = now();
    had.latency[had.accepted] = (float)(time - session->mail_time);
    had.commit[had.accepted] = (float)(time - session->content_time);
    had.accepted++;
    had.last = time;
}

/* One whole reply, its first line given: what it means depends on what the session waits for. */
static void replied(struct session *session, const char *reply) {
    static const char expected[] = {[GREETING] = '2', [EHLO] = '2', [MAIL] = '2', [RCPT] = '2', [DATA] = '3', [CONTENT] = '2'};
    enum state state = session->state;
    if (state == QUIT) {
        close_session(session);
    } else if (reply[0] != expected[state]) {
        remember_error(reply);
        if (state == GREETING || state == EHLO) {
            had.broken++;
            close_session(session);
        } else { /* one mail was refused; the connection ends, the next mail takes a new one */
            had.refused++;
            command(session, QUIT, "QUIT\r\n");
        }
    } else if (state == GREETING) {
        command(session, EHLO, "EHLO bench.test\r\n");
    } else if (state == EHLO) {
        next_mail(session);
    } else if (state == MAIL) {
        command(session, RCPT, "RCPT TO:<%s>\r\n", want.to);
    } else if (state == RCPT) {
        command(session, DATA, "DATA\r\n");
    } else if (state == DATA) {
        send_content(session);
    } else if (state == CONTENT) {
        accepted(session);
        next_mail(session);
    }
}

/* Takes whole replies from what was read. A line "250-..." is followed by others, "250 ..." ends the reply. */
static void take_replies(struct session *session) {
    char *line = session->reply, *end = session->reply + session->reply_length, *feed;
    while (session->state != IDLE && (feed = memchr(line, '\n', (size_t)(end - line)))) {
        bool last = feed - line >= 4 && line[3] != '-';
        *feed = 0;
        char *begin = line;
        line = feed + 1;
        if (last) replied(session, begin);
    }
    session->reply_length = (size_t)(end - line);
    memmove(session->reply, line, session->reply_length);
}

static void readable(struct session *session) {
    size_t room = REPLY_MAX - session->reply_length;
    if (!room) {
        break_off(session, "a reply line longer than 2048 bytes");
        return;
    }
    ssize_t length = recv(session->socket, session->reply + session->reply_length, room, 0);
    if (length < 0 && errno == EAGAIN) return;
    if (length <= 0) {
        if (session->state == QUIT) close_session(session);
        else break_off(session, length < 0 ? strerror(errno) : "connection closed by the server");
        return;
    }
    session->reply_length += (size_t)length;
    take_replies(session);
}

static void happened(struct session *session, uint32_t events) {
    if (session->state == CONNECTED && (events & EPOLLOUT)) {
        session->state = GREETING;
        watch(session, false);
    }
    if (session->state != IDLE && (events & (EPOLLIN | EPOLLHUP | EPOLLERR))) readable(session);
    if (session->state != IDLE && (events & EPOLLOUT)) flush(session);
}

/* Returns whether the sessions ended by themselves. */
static bool run(void) {
    struct epoll_event events[64];
    had.first = had.last = now();
    double deadline = had.first + want.seconds + want.patience;
    for (;;) {
        for (unsigned i = 0; i < want.sessions && open_sessions < want.sessions; i++)
            if (sessions[i].state == IDLE && had.started + open_sessions < want.mails && mail_is_left()) open_session(&sessions[i]);
        if (!open_sessions) return true;
        int count = epoll_wait(poller, events, 64, 100);
        for (int i = 0; i < count; i++) happened(events[i].data.ptr, events[i].events);
        if (now() > deadline) return false;
    }
}

/* ---- Options and result --------------------------------------------------------------------------------------- */

static int by_value(const void *left, const void *right) {
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}

static double percentile_ms(float *values, double share) {
    if (!had.accepted) return 0;
    uint32_t index = (uint32_t)(share * (had.accepted - 1) + 0.5);
    return 1000.0 * (double)values[index];
}

static void report(bool ended) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                 (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    double seconds = had.last - had.first;
    char head[HEAD_MAX];
    size_t bytes = (size_t)head_of_mail(head, 0) + body_length - 3;
    qsort(had.latency, had.accepted, sizeof(float), by_value);
    qsort(had.commit, had.accepted, sizeof(float), by_value);
    printf("{\"run\": \"%08x\", \"sessions\": %u, \"per_connection\": %u, \"bytes\": %zu, \"started\": %u, \"accepted\": %u, "
           "\"refused\": %u, \"broken\": %u, \"ended\": %s, \"began\": %.6f, \"seconds\": %.4f, \"mails_per_second\": %.2f, "
           "\"latency_p50_ms\": %.3f, \"latency_p99_ms\": %.3f, \"commit_p50_ms\": %.3f, \"commit_p99_ms\": %.3f, "
           "\"cpu_seconds\": %.4f, \"last_error\": \"%s\"}\n",
           want.run, want.sessions, want.per_connection, bytes, had.started, had.accepted, had.refused, had.broken,
           ended ? "true" : "false", had.first, seconds, seconds > 0 ? had.accepted / seconds : 0,
           percentile_ms(had.latency, .5), percentile_ms(had.latency, .99), percentile_ms(had.commit, .5),
           percentile_ms(had.commit, .99), cpu, had.error);
}

static unsigned long number(const char *text, const char *name, unsigned long most) {
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (!*text || *end || value > most) die("--%s %s: a number up to %lu is needed", name, text, most);
    return value;
}

static void read_options(int count, char **values) {
    static const struct option known[] = {
        {"port", 1, 0, 'p'}, {"host", 1, 0, 'h'}, {"from", 1, 0, 'f'}, {"to", 1, 0, 't'}, {"sessions", 1, 0, 's'},
        {"mails", 1, 0, 'm'}, {"per-connection", 1, 0, 'k'}, {"seconds", 1, 0, 'd'}, {"patience", 1, 0, 'w'},
        {"size", 1, 0, 'l'}, {"file", 1, 0, 'F'}, {"run", 1, 0, 'r'}, {0, 0, 0, 0}};
    int option;
    want.address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    while ((option = getopt_long(count, values, "", known, NULL)) != -1) switch (option) {
        case 'p': want.address.sin_port = htons((uint16_t)number(optarg, "port", 65535)); break;
        case 'h':
            if (inet_pton(AF_INET, optarg, &want.address.sin_addr) != 1 || ntohl(want.address.sin_addr.s_addr) >> 24 != 127)
                die("--host %s: only loopback addresses (127.x.x.x) are measured", optarg);
            break;
        case 'f': snprintf(want.from, ADDRESS_MAX, "%s", optarg); break;
        case 't': snprintf(want.to, ADDRESS_MAX, "%s", optarg); break;
        case 's': want.sessions = (unsigned)number(optarg, "sessions", 10000); break;
        case 'm': want.mails = (uint32_t)number(optarg, "mails", 10000000); break;
        case 'k': want.per_connection = (unsigned)number(optarg, "per-connection", 1000000000); break;
        case 'd': want.seconds = (double)number(optarg, "seconds", 3600); break;
        case 'w': want.patience = (double)number(optarg, "patience", 3600); break;
        case 'l': want.size = number(optarg, "size", 1000000000); break;
        case 'F': want.file = optarg; break;
        case 'r': want.run = (unsigned)strtoul(optarg, NULL, 16); break;
        default: die("see the options in bench/README.md");
        }
    if (!want.address.sin_port || optind != count) die("--port PORT is needed; see bench/README.md");
}

int main(int count, char **values) {
    read_options(count, values);
    signal(SIGPIPE, SIG_IGN);
    prepare_body();
    poller = epoll_create1(EPOLL_CLOEXEC);
    sessions = calloc(want.sessions, sizeof *sessions);
    had.latency = calloc(want.mails + 1, sizeof(float));
    had.commit = calloc(want.mails + 1, sizeof(float));
    if (poller < 0 || !sessions || !had.latency || !had.commit) die("cannot start: %s", strerror(errno));
    bool ended = run();
    report(ended);
    return ended && had.accepted && had.accepted == had.started ? 0 : 1;
}
