package io.waypost.rules.pattern;

import java.util.List;

/** An expression as a tree. */
sealed interface Syntax {

    /** One character. */
    record One(CharacterSet set) implements Syntax {}

    /** One behind the other; nothing at all when empty. */
    record Sequence(List<Syntax> parts) implements Syntax {}

    /** One or another. */
    record Choice(List<Syntax> parts) implements Syntax {}

    /**
     * Again and again.
     *
     * @param most {@link #UNBOUNDED} for no limit
     */
    record Repeat(Syntax part, int least, int most) implements Syntax {
        static final int UNBOUNDED = -1;
    }

    /** A place rather than a character. */
    enum Edge implements Syntax {
        START,
        END,
        WORD_EDGE,
        INSIDE
    }
}
