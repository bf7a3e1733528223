package io.waypost.store;

/** Does nothing, so that a waiting writer looks up. */
final class WakeJob extends Job<Boolean> {

    @Override
    void apply(RowWriter rows) {}

    @Override
    Boolean committed() {
        return true;
    }
}
