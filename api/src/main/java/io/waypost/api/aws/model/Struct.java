package io.waypost.api.aws.model;

import io.waypost.api.aws.model.Shape.Structure;
import org.jspecify.annotations.Nullable;

/** A value of a structure: what each member has, or nothing. The values are of the types that {@link Shape} names. Immutable. */
public final class Struct {

    private final Structure shape;
    private final @Nullable Object[] values;

    private Struct(Structure shape, @Nullable Object[] values) {
        this.shape = shape;
        this.values = values;
    }

    public Structure shape() {
        return shape;
    }

    /** The value of a member of this shape; null when it is absent. */
    public @Nullable Object get(Member member) {
        return values[member.index()];
    }

    /** The shape alone: values may be secret. */
    @Override
    public String toString() {
        return shape.name();
    }

    /** Gathers the values of one structure; for one thread. */
    public static final class Builder {

        private final Structure shape;
        private @Nullable Object @Nullable [] values;

        public Builder(Structure shape) {
            this.shape = shape;
            this.values = new @Nullable Object[shape.members().size()];
        }

        /** @param value null when it is absent */
        public Builder put(Member member, @Nullable Object value) {
            values()[member.index()] = value;
            return this;
        }

        /** Whether a member has a value already. */
        public boolean has(Member member) {
            return values()[member.index()] != null;
        }

        /** Once. */
        public Struct build() {
            Struct built = new Struct(shape, values());
            values = null;
            return built;
        }

        private @Nullable Object[] values() {
            if (values == null) {
                throw new IllegalStateException("built already");
            }
            return values;
        }
    }
}
