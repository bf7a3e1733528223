package io.waypost.api.configuration;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes, changes and removes event destinations: what the operations of both APIs have in common. Safe for all threads. */
public final class Destinations {

    /** SES' own limit, in a set. */
    static final int MOST = 10;

    private static final int MOST_DIMENSIONS = 10;
    private static final Pattern DIMENSION = Pattern.compile("[A-Za-z0-9_:-]{1,256}");
    private static final Pattern DIMENSION_VALUE = Pattern.compile("[A-Za-z0-9_.@-]{1,256}");

    private final ConfigurationSetBook book;
    private final Targets targets;

    public Destinations(ConfigurationSetBook book, Targets targets) {
        this.book = book;
        this.targets = targets;
    }

    public void create(Scope scope, String set, EventDestination wanted, Faults faults)
            throws ServiceException, IOException {
        if (!ConfigurationSetBook.isName(wanted.name())) {
            throw faults.bad("Invalid event destination name <" + wanted.name()
                    + ">: only alphanumeric ASCII characters, '_', and '-' are allowed, at most 64 of them.");
        }
        check(scope, set, wanted, faults);
        book.change(scope, set, faults, before -> {
            if (before.destination(wanted.name()).isPresent()) {
                throw faults.destinationThere(set, wanted.name());
            }
            if (before.destinations().size() >= MOST) {
                throw faults.limit("A configuration set has at most " + MOST + " event destinations.");
            }
            if (wanted.snsDestination() != null) {
                // As in SES, before anything else; where the change then fails, it was said too early.
                targets.greet(scope, wanted.snsDestination().topicArn());
            }
            List<EventDestination> all = new ArrayList<>(before.destinations());
            all.add(wanted);
            return before.withDestinations(all);
        });
    }

    public void update(Scope scope, String set, EventDestination wanted, Faults faults)
            throws ServiceException, IOException {
        check(scope, set, wanted, faults);
        replace(scope, set, wanted.name(), Optional.of(wanted), faults);
    }

    public void delete(Scope scope, String set, String name, Faults faults) throws ServiceException, IOException {
        replace(scope, set, name, Optional.empty(), faults);
    }

    private void replace(Scope scope, String set, String name, Optional<EventDestination> by, Faults faults)
            throws ServiceException, IOException {
        book.change(scope, set, faults, before -> {
            if (before.destination(name).isEmpty()) {
                throw faults.noDestination(set, name);
            }
            return before.withDestinations(before.destinations().stream()
                    .flatMap(there -> there.name().equals(name) ? by.stream() : Optional.of(there).stream())
                    .toList());
        });
    }

    private void check(Scope scope, String set, EventDestination wanted, Faults faults)
            throws ServiceException, IOException {
        if (book.stored(scope, set).isEmpty()) {
            throw faults.noSet(set);
        }
        if (wanted.matchingEventTypes().isEmpty()) {
            throw faults.bad("An event destination must have at least one matching event type.");
        }
        int places = 0;
        if (wanted.snsDestination() != null) {
            places++;
            String arn = wanted.snsDestination().topicArn();
            if (!targets.topicExists(scope, arn)) {
                throw faults.badDestination("SNS", set, wanted.name(), "SNS topic <" + arn + "> not found.");
            }
        }
        if (wanted.cloudWatchDestination() != null) {
            places++;
            check(set, wanted.name(), wanted.cloudWatchDestination().dimensionConfigurations(), faults);
        }
        if (wanted.kinesisFirehoseDestination() != null) {
            places++;
            String arn = wanted.kinesisFirehoseDestination().deliveryStreamArn();
            if (!targets.isMapped(arn)) {
                throw faults.badDestination("Firehose", set, wanted.name(), unmapped("delivery stream", arn));
            }
        }
        if (wanted.eventBridgeDestination() != null) {
            places++;
            String arn = wanted.eventBridgeDestination().eventBusArn();
            if (!targets.isMapped(arn)) {
                throw faults.bad(unmapped("event bus", arn));
            }
        }
        if (places != 1) {
            throw faults.bad("An event destination must have exactly one destination.");
        }
    }

    private static String unmapped(String noun, String arn) {
        return "Nothing stands for the " + noun + " <" + arn
                + "> here: name an endpoint for it under eventTargets in the server's configuration.";
    }

    private static void check(String set, String name, List<EventDestination.Dimension> dimensions, Faults faults)
            throws ServiceException {
        if (dimensions.isEmpty() || dimensions.size() > MOST_DIMENSIONS) {
            throw faults.badDestination(
                    "CloudWatch", set, name, "A CloudWatch destination has 1 to " + MOST_DIMENSIONS + " dimensions.");
        }
        for (EventDestination.Dimension dimension : dimensions) {
            if (!DIMENSION.matcher(dimension.dimensionName()).matches()) {
                throw faults.badDestination(
                        "CloudWatch", set, name, "Invalid dimension name <" + dimension.dimensionName() + ">.");
            }
            if (!DIMENSION_VALUE.matcher(dimension.defaultDimensionValue()).matches()) {
                throw faults.badDestination(
                        "CloudWatch",
                        set,
                        name,
                        "Invalid default dimension value <" + dimension.defaultDimensionValue() + ">.");
            }
        }
    }
}
