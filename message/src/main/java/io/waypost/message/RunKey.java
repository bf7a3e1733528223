package io.waypost.message;

/**
 * One matched rule of one mail: the unit that is claimed, carried out and recorded.
 *
 * @param message the mail
 * @param index the run's place in its plan
 */
public record RunKey(MessageId message, int index) {

    @Override
    public String toString() {
        return message + "#" + index;
    }
}
