package io.waypost.api.suppression;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.v2.BadRequests;
import io.waypost.api.kept.Page;
import io.waypost.api.suppression.SuppressionStore.Listed;
import io.waypost.message.EmailAddress;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses come onto the suppression list and go. */
public final class SuppressionOperations implements Operations.Family {

    private static final int MOST_ITEMS = 1_000;
    private static final int LONGEST = 320;

    /** One answer looks through as many, so that a filter that nothing passes ends; its page is then shorter, or empty. */
    private static final int MOST_LOOKED_AT = 50_000;

    private final SuppressionStore list;

    public SuppressionOperations(SuppressionStore list) {
        this.list = list;
    }

    /** PutSuppressedDestinationRequest. */
    public record Put(String emailAddress, String reason) {}

    /** GetSuppressedDestinationRequest, DeleteSuppressedDestinationRequest. */
    public record Named(String emailAddress) {}

    /** SuppressedDestinationAttributes. */
    public record Attributes(@Nullable String messageId) {}

    /** SuppressedDestination. */
    public record Destination(
            String emailAddress,
            String reason,
            Instant lastUpdateTime,
            @Nullable Attributes attributes) {}

    /** GetSuppressedDestinationResponse. */
    public record Shown(Destination suppressedDestination) {}

    /** ListSuppressedDestinationsRequest. */
    public record ListRequest(
            @Nullable List<String> reasons,
            @Nullable Instant startDate,
            @Nullable Instant endDate,
            @Nullable String nextToken,
            @Nullable Integer pageSize) {

        boolean shows(Listed one) {
            return (reasons == null
                            || reasons.isEmpty()
                            || reasons.contains(one.entry().reason()))
                    && (startDate == null || !one.changedAt().isBefore(startDate))
                    && (endDate == null || !one.changedAt().isAfter(endDate));
        }
    }

    /** SuppressedDestinationSummary. */
    public record Summary(String emailAddress, String reason, Instant lastUpdateTime) {}

    /** ListSuppressedDestinationsResponse. */
    public record ListAnswer(
            List<Summary> suppressedDestinationSummaries,
            @Nullable String nextToken) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "PutSuppressedDestination", Put.class, Nothing.class, this::put)
                .add(Api.SESV2, "GetSuppressedDestination", Named.class, Shown.class, this::get)
                .add(Api.SESV2, "DeleteSuppressedDestination", Named.class, Nothing.class, this::delete)
                .add(
                        Api.SESV2,
                        "ListSuppressedDestinations",
                        ListRequest.class,
                        ListAnswer.class,
                        BadRequests.in(this::list));
    }

    private Nothing put(Caller caller, Put input) throws ServiceException, IOException {
        list.put(caller.scope(), address(input.emailAddress), new Entry(input.reason, null));
        return new Nothing();
    }

    private Shown get(Caller caller, Named input) throws ServiceException, IOException {
        Listed one = list.listed(caller.scope(), address(input.emailAddress))
                .orElseThrow(() -> notListed(input.emailAddress));
        String because = one.entry().messageId();
        return new Shown(new Destination(
                one.address(),
                one.entry().reason(),
                one.changedAt(),
                because == null ? null : new Attributes(because)));
    }

    private Nothing delete(Caller caller, Named input) throws ServiceException, IOException {
        EmailAddress address = address(input.emailAddress);
        if (list.listed(caller.scope(), address).isEmpty()) {
            throw notListed(input.emailAddress);
        }
        list.remove(caller.scope(), address);
        return new Nothing();
    }

    private ListAnswer list(Caller caller, ListRequest input) throws ServiceException, IOException {
        int size = Page.size("PageSize", input.pageSize, MOST_ITEMS, MOST_ITEMS);
        String after = after(caller, input);
        List<Summary> shown = new ArrayList<>();
        for (int looked = 0; looked < MOST_LOOKED_AT; looked += MOST_ITEMS) {
            List<Listed> part = list.list(caller.scope(), after, MOST_ITEMS);
            for (Listed one : part) {
                if (input.shows(one)) {
                    if (shown.size() == size) {
                        return new ListAnswer(shown, Page.token(caller.scope(), after));
                    }
                    shown.add(new Summary(one.address(), one.entry().reason(), one.changedAt()));
                }
                after = one.address();
            }
            if (part.size() < MOST_ITEMS) {
                return new ListAnswer(shown, null);
            }
        }
        return new ListAnswer(shown, Page.token(caller.scope(), after));
    }

    private static String after(Caller caller, ListRequest input) throws ServiceException {
        try {
            return Page.after(caller.scope(), input.nextToken);
        } catch (ServiceException e) {
            throw new ServiceException("InvalidNextTokenException", e.words());
        }
    }

    private static EmailAddress address(String text) throws ServiceException {
        boolean sound = text.length() <= LONGEST
                && text.indexOf('@') > 0
                && text.indexOf('@') < text.length() - 1
                && text.chars().noneMatch(c -> c <= ' ' || c == 127);
        if (!sound) {
            throw BadRequests.badRequest("Invalid email address<" + text + ">.");
        }
        try {
            return EmailAddress.of(text);
        } catch (IllegalArgumentException e) {
            throw BadRequests.badRequest("Invalid email address<" + text + ">.");
        }
    }

    private static ServiceException notListed(String address) {
        return new ServiceException(
                "NotFoundException", "Email address " + address + " does not exist on your suppression list.");
    }
}
