package io.waypost.smtp.checks.client;

import io.waypost.message.port.Dns;
import io.waypost.smtp.Cidr;
import io.waypost.smtp.checks.Deadline;
import io.waypost.smtp.checks.Question;
import io.waypost.smtp.checks.client.IpFilters.Allowed;
import io.waypost.smtp.checks.client.IpFilters.Answer;
import io.waypost.smtp.checks.client.IpFilters.Blocked;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Begins to find out about clients, one {@link ClientCheck} a connection. Safe for all threads. */
public final class ClientChecks {

    private final ClientSettings settings;
    private final Dns dns;
    private final Complaints complaints = new Complaints(System::nanoTime);
    private volatile IpFilters filters;

    public ClientChecks(ClientSettings settings, IpFilters filters, Dns dns) {
        this.settings = settings;
        this.filters = filters;
        this.dns = dns;
    }

    /** From now on these filters count; connections that are open keep what they were told. */
    public void replace(IpFilters replacement) {
        filters = replacement;
    }

    /**
     * Begins for a connection that was just taken. Returns at once: what DNS must say is asked on virtual threads.
     *
     * @param client the real client, behind a proxy the one that it named
     */
    public ClientCheck begin(InetAddress client) {
        InetAddress address = Cidr.plain(client);
        Answer filter = filters.answer(address);
        boolean unasked = LocalAddresses.has(address) || (settings.enforcing() && filter instanceof Blocked);
        List<BlockList> lists = unasked || filter instanceof Allowed ? List.of() : settings.lists();
        Deadline deadline = Deadline.in(settings.timeout());
        return new ClientCheck(
                filter,
                settings.enforcing(),
                lists.stream()
                        .map(list -> new ClientCheck.Asked(list, Question.ask(() -> list.ask(dns, address))))
                        .toList(),
                unasked || !settings.reverseName()
                        ? Optional.empty()
                        : Optional.of(Question.ask(() -> new ReverseLookup(dns, address, deadline).ask())),
                deadline,
                complaints);
    }
}
