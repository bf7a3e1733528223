package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.AuthenticationException.Fault;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Credentials;
import io.waypost.api.aws.WireRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does not look at the signatures of a client that sent too many wrong ones: that client hears of throttling until some time has passed,
 * others notice nothing. Unknown keys and wrong signatures count; requests without a signature, or signed too long ago, cost no
 * look at the keys and do not. All threads.
 */
public final class FailureLimit implements Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLimit.class);

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);
    // Some megabytes, whoever sprays addresses.
    private static final int MOST_CLIENTS = 20_000;

    private final Credentials behind;
    private final FailedSignatures failures;
    private final LongSupplier nanos;
    private final Runnable refused;
    private final AtomicLong silentUntil;

    /**
     * @param burst wrong signatures that a client may send in a minute, from 1
     * @param nanos a clock that never goes back
     * @param refused hears of each request that was not looked at
     */
    public FailureLimit(Credentials behind, int burst, LongSupplier nanos, Runnable refused) {
        this.behind = behind;
        this.failures = new FailedSignatures(burst, PERIOD, MOST_CLIENTS, nanos);
        this.nanos = nanos;
        this.refused = refused;
        this.silentUntil = new AtomicLong(nanos.getAsLong());
    }

    @Override
    public Caller caller(WireRequest request, String signingName, String requestId) throws AuthenticationException {
        if (failures.isSpent(request.client())) {
            refused.run();
            throw new AuthenticationException(Fault.TOO_OFTEN, "Rate exceeded");
        }
        try {
            return behind.caller(request, signingName, requestId);
        } catch (AuthenticationException e) {
            boolean counts = e.fault() == Fault.UNKNOWN_KEY || e.fault() == Fault.WRONG_SIGNATURE;
            if (counts && failures.failed(request.client())) {
                tell(request);
            }
            throw e;
        }
    }

    // Many addresses must not fill the log either.
    private void tell(WireRequest request) {
        long now = nanos.getAsLong();
        long until = silentUntil.get();
        if (now - until >= 0 && silentUntil.compareAndSet(until, now + BETWEEN_WARNINGS.toNanos())) {
            LOG.warn(
                    "requests from {} are refused for a while: too many wrong signatures; for {} no other address is named here",
                    request.client(),
                    BETWEEN_WARNINGS);
        }
    }
}
