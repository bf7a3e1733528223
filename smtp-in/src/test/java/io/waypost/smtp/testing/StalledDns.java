package io.waypost.smtp.testing;

import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** DNS that answers nothing until it is told to, or until whoever asks is interrupted. */
public final class StalledDns extends FakeDns {

    public final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);

    /** From now on it answers. */
    public void answer() {
        gate.countDown();
    }

    @Override
    public Answer<InetAddress> addresses(String name, Family family) {
        await();
        return super.addresses(name, family);
    }

    @Override
    public Answer<String> texts(String name) {
        await();
        return super.texts(name);
    }

    @Override
    public Answer<String> names(InetAddress address) {
        await();
        return super.names(address);
    }

    private void await() {
        waiting.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
    }
}
