package io.waypost.api.configuration;

import io.waypost.api.aws.Operations;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.configuration.v1.DestinationOperations;
import io.waypost.api.configuration.v1.SetOperations;
import io.waypost.api.configuration.v1.TrackingOperations;
import io.waypost.api.configuration.v2.EventDestinationOperations;
import io.waypost.api.configuration.v2.OptionOperations;
import io.waypost.api.configuration.v2.SetLifeOperations;
import io.waypost.api.identity.IdentitySettings.TagEdit;
import io.waypost.api.identity.v2.Taggable;
import io.waypost.message.Scope;
import java.io.IOException;
import java.time.Clock;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything about configuration sets, in both APIs. */
public final class ConfigurationFamily implements Operations.Family {

    private final ConfigurationSetBook book;
    private final Targets targets;
    private final Clock clock;

    public ConfigurationFamily(ConfigurationSetBook book, Targets targets, Clock clock) {
        this.book = book;
        this.targets = targets;
        this.clock = clock;
    }

    @Override
    public void addTo(Operations.Builder operations) {
        Destinations destinations = new Destinations(book, targets);
        SetOptions options = new SetOptions(book, targets, clock);
        operations
                .add(new SetOperations(book, options))
                .add(new TrackingOperations(options))
                .add(new DestinationOperations(destinations))
                .add(new SetLifeOperations(book, options))
                .add(new OptionOperations(options))
                .add(new EventDestinationOperations(book, destinations));
    }

    /** Configuration sets as a kind of things with tags. */
    public static Taggable tags(ConfigurationSetBook book) {
        return new Taggable() {
            @Override
            public String kind() {
                return "configuration-set";
            }

            @Override
            public void tags(Scope scope, String name, TagEdit edit) throws ServiceException, IOException {
                book.change(scope, name, Faults.V2, before -> {
                    SortedMap<String, String> tags = new TreeMap<>(before.tags());
                    edit.on(tags);
                    return before.withTags(tags);
                });
            }
        };
    }
}
