package io.waypost.api.configuration.v1;

import io.waypost.api.configuration.EventDestination;
import io.waypost.api.configuration.EventKind;
import io.waypost.api.configuration.StoredSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** EventDestination as the API of 2010 writes it. */
public record Destination(
        String name,
        @Nullable Boolean enabled,
        List<String> matchingEventTypes,
        EventDestination.@Nullable Firehose kinesisFirehoseDestination,
        EventDestination.@Nullable CloudWatch cloudWatchDestination,
        EventDestination.@Nullable Sns snsDestination) {

    private static final Map<String, String> SOURCES =
            Map.of("messageTag", "MESSAGE_TAG", "emailHeader", "EMAIL_HEADER", "linkTag", "LINK_TAG");

    /** Those of a set that this API can say: not those for event buses. */
    static List<Destination> all(StoredSet set) {
        return set.destinations().stream()
                .filter(destination -> destination.eventBridgeDestination() == null)
                .map(Destination::of)
                .toList();
    }

    private static Destination of(EventDestination there) {
        EventDestination.CloudWatch cloudWatch = there.cloudWatchDestination();
        return new Destination(
                there.name(),
                there.enabled(),
                there.matchingEventTypes().stream()
                        .map(type -> EventKind.valueOf(type).word())
                        .filter(word -> !word.isEmpty())
                        .toList(),
                there.kinesisFirehoseDestination(),
                cloudWatch == null ? null : words(cloudWatch),
                there.snsDestination());
    }

    private static EventDestination.CloudWatch words(EventDestination.CloudWatch there) {
        return new EventDestination.CloudWatch(there.dimensionConfigurations().stream()
                .map(it -> new EventDestination.Dimension(
                        it.dimensionName(), word(it.dimensionValueSource()), it.defaultDimensionValue()))
                .toList());
    }

    private static String word(String source) {
        return SOURCES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(source))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(source);
    }

    /** As it is kept. */
    EventDestination kept() {
        return new EventDestination(
                name,
                Boolean.TRUE.equals(enabled),
                matchingEventTypes.stream()
                        .map(EventKind::ofWord)
                        .flatMap(Optional::stream)
                        .map(Enum::name)
                        .toList(),
                kinesisFirehoseDestination,
                cloudWatchDestination == null ? null : kept(cloudWatchDestination),
                snsDestination,
                null);
    }

    private static EventDestination.CloudWatch kept(EventDestination.CloudWatch given) {
        return new EventDestination.CloudWatch(given.dimensionConfigurations().stream()
                .map(it -> new EventDestination.Dimension(
                        it.dimensionName(),
                        SOURCES.getOrDefault(it.dimensionValueSource(), it.dimensionValueSource()),
                        it.defaultDimensionValue()))
                .toList());
    }
}
