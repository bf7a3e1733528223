package io.waypost.smtp.checks.client;

import io.waypost.message.Verdicts.ClientFacts;
import io.waypost.smtp.checks.Deadline;
import io.waypost.smtp.checks.Question;
import io.waypost.smtp.checks.client.IpFilters.Blocked;
import io.waypost.smtp.checks.client.IpFilters.Open;
import io.waypost.smtp.checks.client.Listing.Listed;
import io.waypost.smtp.checks.client.Listing.NotAsked;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is found out about the client of one connection. Used by the session's thread: the questions are on their way since the
 * connection was taken, and what waits for an answer waits until the deadline of {@link ClientSettings#timeout} only.
 */
public final class ClientCheck implements AutoCloseable {

    /** Of a connection that nothing was asked about. */
    public static final ClientCheck NONE = new ClientCheck(
            new Open(),
            true,
            List.of(),
            Optional.empty(),
            Deadline.in(Duration.ZERO),
            new Complaints(System::nanoTime));

    /** One block list and its answer to come. */
    record Asked(BlockList list, Question<Listing> question) {}

    private final IpFilters.Answer filter;
    private final boolean enforcing;
    private final List<Asked> asked;
    private final Optional<Question<ReverseName>> reverse;
    private final Deadline deadline;
    private final Complaints complaints;
    private @Nullable List<Listing> listings;

    ClientCheck(
            IpFilters.Answer filter,
            boolean enforcing,
            List<Asked> asked,
            Optional<Question<ReverseName>> reverse,
            Deadline deadline,
            Complaints complaints) {
        this.filter = filter;
        this.enforcing = enforcing;
        this.asked = asked;
        this.reverse = reverse;
        this.deadline = deadline;
        this.complaints = complaints;
    }

    /** Whether the client is refused for what is found; otherwise it is only noted. */
    public boolean isEnforcing() {
        return enforcing;
    }

    /** The filter that keeps the client out. Never waits. */
    public Optional<String> blockedBy() {
        return filter instanceof Blocked(String by) ? Optional.of(by) : Optional.empty();
    }

    /** The first list with the client on it of those whose listing is a refusal. Waits for the lists. */
    public Optional<BlockList> refusedBy() {
        return listed().map(Listing::list).filter(BlockList::refusing).findFirst();
    }

    private Stream<Listing> listed() {
        return listings().stream().filter(listing -> listing instanceof Listed);
    }

    /** What each list that was asked says: the same every time, even where an answer comes late. Waits for the lists. */
    public List<Listing> listings() {
        List<Listing> known = listings;
        if (known == null) {
            known = asked.stream().map(this::settle).toList();
            listings = known;
        }
        return known;
    }

    private Listing settle(Asked one) {
        Listing listing = one.question().answer(deadline, reason -> new NotAsked(one.list(), reason));
        if (listing instanceof NotAsked notAsked) {
            complaints.about(notAsked);
        }
        return listing;
    }

    /** The client's name; empty where it was not looked up. Waits for it. */
    public Optional<ReverseName> reverseName() {
        return reverse.map(question ->
                question.answer(deadline, reason -> ReverseName.none(ReverseName.Result.TEMPERROR, reason)));
    }

    /** All of it for the verdicts of a mail. Waits for all of it. */
    public ClientFacts facts() {
        return new ClientFacts(
                reverseName().flatMap(ReverseName::name),
                listed().map(listing -> listing.list().name()).toList());
    }

    /** The session has ended: nobody waits for what is still on its way. */
    @Override
    public void close() {
        asked.forEach(one -> one.question().cancel());
        reverse.ifPresent(Question::cancel);
    }
}
