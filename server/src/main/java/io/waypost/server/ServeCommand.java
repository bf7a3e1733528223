package io.waypost.server;

import io.waypost.config.WaypostConfig;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waypost serve}: the server in the foreground, until SIGTERM or SIGINT. */
@Command(name = "serve", description = "Run the server in the foreground.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin
    private ConfigOption option = new ConfigOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        long begun = System.nanoTime();
        WaypostConfig config;
        Server server;
        try {
            config = option.load();
            server = Server.start(config, Clock.systemUTC());
        } catch (StartException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
        config.effective().lines().forEach(line -> LOG.info("config {}", line));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    LOG.info("stopping");
                    server.close();
                    LOG.info("stopped");
                    stopped.countDown();
                    // Everything is closed: an orderly stop is a success, not the 143 of a process that a signal ended.
                    Runtime.getRuntime().halt(0);
                }));
        tell(config, server, (System.nanoTime() - begun) / 1_000_000);
        stopped.await();
        return 0;
    }

    private void tell(WaypostConfig config, Server server, long millis) {
        PrintWriter out = spec.commandLine().getOut();
        int listeners = 0;
        for (InetSocketAddress address : server.smtpAddresses()) {
            boolean receives = listeners++ < config.smtp().listeners().size();
            out.printf(
                    "SMTP  %s:%d%s%n",
                    address.getAddress().getHostAddress(), address.getPort(), receives ? "" : " for submission");
        }
        out.printf(
                "HTTP  http://%s:%d: SES and SNS; /healthz, /readyz, /metrics%n",
                config.http().getHostString(), server.httpPort());
        out.printf(
                "data  %s, objects %s%n",
                config.data(),
                config.objects()
                        .s3()
                        .map(s3 -> s3.endpoint().toString())
                        .orElse(config.objects().folder().toString()));
        out.printf("ready after %d ms%n", millis);
        if (!config.domains().isEmpty()) {
            String use = option.toRepeat();
            out.printf(
                    "%nsend a mail:  ./waypost send --to hello@%s%s%n",
                    config.domains().getFirst(), use);
            out.printf("and see it:   ./waypost trace ID%s   (the reply to the mail names the ID)%n", use);
        }
        out.flush();
    }
}
