package io.waypost.outbound.port;

/** Counts attempts. Safe for all threads; returns at once. */
public interface DeliveryFigures {

    /** Counts nothing. */
    DeliveryFigures NONE = new DeliveryFigures() {
        @Override
        public void attempted(String way, String receiver, String result) {}

        @Override
        public void carried(String encryption, boolean reused) {}
    };

    /**
     * One attempt at one recipient ended.
     *
     * @param way {@code route}, {@code relay}, {@code configured} or {@code mx}
     * @param receiver whose host had the last word, a word of {@link io.waypost.outbound.exchange.Receiver}; {@code none} where no
     *     host was tried
     * @param result {@code delivered}, {@code deferred}, {@code refused} or {@code held} (not tried for now)
     */
    void attempted(String way, String receiver, String result);

    /**
     * A connection carried a mail, or tried to.
     *
     * @param encryption {@code clear}, {@code opportunistic}, {@code required}, {@code mta-sts}, {@code dane} or {@code dane-unusable}
     * @param reused whether it had carried other mail
     */
    void carried(String encryption, boolean reused);
}
