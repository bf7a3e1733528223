package io.waypost.api.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of a configuration set's mail: exactly one of the four. In the form of the API of 2019.
 *
 * @param enabled whether it hears now
 * @param matchingEventTypes of what; names of {@link EventKind}
 */
public record EventDestination(
        String name,
        boolean enabled,
        List<String> matchingEventTypes,
        @Nullable Firehose kinesisFirehoseDestination,
        @Nullable CloudWatch cloudWatchDestination,
        @Nullable Sns snsDestination,
        @Nullable EventBridge eventBridgeDestination) {

    /** KinesisFirehoseDestination. */
    public record Firehose(String iamRoleArn, String deliveryStreamArn) {}

    /** CloudWatchDestination. */
    public record CloudWatch(List<Dimension> dimensionConfigurations) {
        public CloudWatch {
            dimensionConfigurations = List.copyOf(dimensionConfigurations);
        }
    }

    /** CloudWatchDimensionConfiguration. */
    public record Dimension(String dimensionName, String dimensionValueSource, String defaultDimensionValue) {}

    /** SnsDestination. */
    public record Sns(String topicArn) {}

    /** EventBridgeDestination. */
    public record EventBridge(String eventBusArn) {}

    public EventDestination {
        matchingEventTypes = List.copyOf(matchingEventTypes);
    }

    /** Whether it is to hear of this. */
    public boolean wants(EventKind kind) {
        return enabled && matchingEventTypes.contains(kind.name());
    }
}
