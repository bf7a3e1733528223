package io.waypost.rules.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * An expression as numbered steps, the states of a nondeterministic automaton (Thompson 1968). Step 0 is the first, the last
 * one is the match.
 */
record Program(List<Step> steps) {

    /** One state. */
    sealed interface Step {

        /** Takes a character and goes to the step behind this one. */
        record Take(CharacterSet set) implements Step {}

        /** Goes on at both steps. */
        record Split(int one, int other) implements Step {}

        /** Goes on behind this step when the place is right. */
        record At(Syntax.Edge edge) implements Step {}

        /** Found. */
        record Match() implements Step {}
    }

    Program {
        steps = List.copyOf(steps);
    }

    /**
     * Lays the expression out.
     *
     * @throws IllegalArgumentException when it needs more steps than allowed
     */
    static Program of(Syntax syntax, int maxSteps) {
        List<Step> steps = new ArrayList<>();
        new Layout(steps, maxSteps).add(syntax);
        steps.add(new Step.Match());
        return new Program(steps);
    }

    private static final class Layout {
        private final List<Step> steps;
        private final int maxSteps;
        private int visits;

        Layout(List<Step> steps, int maxSteps) {
            this.steps = steps;
            this.maxSteps = maxSteps;
        }

        void add(Syntax syntax) {
            // (((){1000}){1000}){1000} makes no step, and would still take for ever to lay out.
            if (++visits > 10 * maxSteps) {
                throw tooLarge();
            }
            switch (syntax) {
                case Syntax.One one -> put(new Step.Take(one.set()));
                case Syntax.Edge edge -> put(new Step.At(edge));
                case Syntax.Sequence sequence -> sequence.parts().forEach(this::add);
                case Syntax.Choice choice -> addChoice(choice.parts());
                case Syntax.Repeat repeat -> addRepeat(repeat);
            }
        }

        private void addChoice(List<Syntax> parts) {
            List<Integer> ends = new ArrayList<>();
            for (int i = 0; i < parts.size() - 1; i++) {
                int split = put(new Step.Match());
                add(parts.get(i));
                ends.add(put(new Step.Match()));
                steps.set(split, new Step.Split(split + 1, steps.size()));
            }
            add(parts.getLast());
            ends.forEach(end -> steps.set(end, new Step.Split(steps.size(), steps.size())));
        }

        private void addRepeat(Syntax.Repeat repeat) {
            for (int i = 0; i < repeat.least(); i++) {
                add(repeat.part());
            }
            if (repeat.most() == Syntax.Repeat.UNBOUNDED) {
                int split = put(new Step.Match());
                add(repeat.part());
                put(new Step.Split(split, split));
                steps.set(split, new Step.Split(split + 1, steps.size()));
            } else {
                List<Integer> splits = new ArrayList<>();
                for (int i = repeat.least(); i < repeat.most(); i++) {
                    splits.add(put(new Step.Match()));
                    add(repeat.part());
                }
                splits.forEach(split -> steps.set(split, new Step.Split(split + 1, steps.size())));
            }
        }

        private int put(Step step) {
            if (steps.size() >= maxSteps) {
                throw tooLarge();
            }
            steps.add(step);
            return steps.size() - 1;
        }

        private IllegalArgumentException tooLarge() {
            return new IllegalArgumentException(
                    "it is too large: laid out it has more than " + maxSteps + " steps; make its repetitions smaller");
        }
    }
}
