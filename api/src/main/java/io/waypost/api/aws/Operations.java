package io.waypost.api.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations that are built, by API and name. Immutable. */
public final class Operations {

    /** An API, by the name of its model. */
    public enum Api {
        /** SES' Query API of 2010-12-01. */
        SES,
        /** SES' REST API of 2019-09-27. */
        SESV2,
        /** The Query API of the notification service, of 2010-03-31. */
        SNS,
        /** Mail Manager of 2023-10-17. */
        MAILMANAGER
    }

    /** An operation's name in its API. */
    public record Name(Api api, String operation) {}

    /** An operation with the types of its request and answer. */
    public record Bound<I extends Record, O extends Record>(
            Class<I> input, Class<O> output, Operation<I, O> operation) {}

    private final Map<Name, Bound<?, ?>> bound;

    private Operations(Map<Name, Bound<?, ?>> bound) {
        this.bound = Map.copyOf(bound);
    }

    public Optional<Bound<?, ?>> find(Name name) {
        return Optional.ofNullable(bound.get(name));
    }

    public Set<Name> names() {
        return bound.keySet();
    }

    /** What adds operations of its own to the list. */
    public interface Family {
        void addTo(Builder operations);
    }

    /** Gathers operations. */
    public static final class Builder {

        private final Map<Name, Bound<?, ?>> bound = new LinkedHashMap<>();

        /** @throws IllegalArgumentException when the operation is there already */
        public <I extends Record, O extends Record> Builder add(
                Api api, String operation, Class<I> input, Class<O> output, Operation<I, O> carriedOutBy) {
            if (bound.put(new Name(api, operation), new Bound<>(input, output, carriedOutBy)) != null) {
                throw new IllegalArgumentException("two operations " + api + " " + operation);
            }
            return this;
        }

        public Builder add(Family family) {
            family.addTo(this);
            return this;
        }

        public Operations build() {
            return new Operations(bound);
        }
    }
}
