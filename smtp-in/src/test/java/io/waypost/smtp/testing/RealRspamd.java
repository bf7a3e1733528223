package io.waypost.smtp.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;

/** Rspamd of the package of that name, asking a name server of the test and nobody else. */
public final class RealRspamd extends Daemon {

    /** What every spam scanner calls spam, in pieces so that none does here. */
    public static final String GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-" + "UBE-TEST-EMAIL*C.34X";

    public final int port = freePort();

    public RealRspamd(InetSocketAddress dns) throws IOException {
        super("rspamd");
        for (String name : List.of("local.d", "run", "db", "log")) {
            Files.createDirectories(folder.resolve(name));
        }
        local("options.inc", """
                dns { nameserver = ["%s:%d"]; timeout = 1s; retransmits = 1; }
                control_socket = "%s/run/rspamd.sock mode=0600";
                local_addrs = [];
                """.formatted(dns.getAddress().getHostAddress(), dns.getPort(), folder));
        local("worker-normal.inc", "bind_socket = \"127.0.0.1:" + port + "\"; count = 1;");
        local("worker-controller.inc", "bind_socket = \"127.0.0.1:" + freePort() + "\"; password = \"test\";");
        local("worker-proxy.inc", "enabled = false; bind_socket = \"127.0.0.1:" + freePort() + "\";");
        local("worker-fuzzy.inc", "enabled = false;");
        local("logging.inc", "type = \"file\"; filename = \"" + folder + "/log/rspamd.log\";");
        for (String module : List.of(
                "rbl",
                "surbl",
                "fuzzy_check",
                "phishing",
                "asn",
                "dnswl",
                "greylist",
                "ratelimit",
                "replies",
                "history_redis",
                "neural")) {
            local(module + ".conf", "enabled = false;");
        }
    }

    private void local(String name, String text) throws IOException {
        Files.writeString(folder.resolve("local.d").resolve(name), text + "\n");
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    protected List<String> command() {
        return List.of(
                "/usr/bin/rspamd",
                "-f",
                "-i",
                "-u",
                System.getProperty("user.name"),
                "-g",
                System.getProperty("user.name"),
                "-c",
                "/etc/rspamd/rspamd.conf",
                "--var=LOCAL_CONFDIR=" + folder,
                "--var=RUNDIR=" + folder + "/run",
                "--var=DBDIR=" + folder + "/db",
                "--var=LOGDIR=" + folder + "/log",
                "-p",
                folder + "/run/rspamd.pid");
    }

    @Override
    protected Callable<Boolean> readiness() {
        return () -> {
            try (var in = url().resolve("/ping").toURL().openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                        .strip()
                        .equals("pong");
            }
        };
    }
}
