package io.waypost.store;

import io.waypost.message.port.StoreUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Something for the writer to do in its next batch. All methods run on the writer thread, in this order: {@link #append},
 * {@link #apply} (again, in a transaction of its own, when another job spoiled the first), then one of {@link #committed} and
 * {@link #answerFailure}.
 *
 * @param <T> the answer
 */
abstract class Job<T extends @Nullable Object> {

    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /** Bytes of content that this brings; 0 when it brings none. */
    long contentBytes() {
        return 0;
    }

    /** Puts content into the active segment. */
    void append(Appender appender) throws IOException {}

    /** Changes rows within a transaction. */
    abstract void apply(RowWriter rows) throws SQLException, IOException;

    /** The rows are durable: changes what is known in memory, and returns the answer. */
    abstract T committed();

    /** Takes back in the rows what must not happen after a failure; the commit's result was unknown. */
    void undo(RowWriter rows) throws SQLException {}

    /** Whether the one who waits may be woken on the writer thread: nothing of his runs there. */
    boolean onlyWakes() {
        return true;
    }

    final void answer(T value) {
        answer.complete(value);
    }

    final void answerFailure(StoreUnavailableException failure) {
        answer.completeExceptionally(failure);
    }

    final CompletableFuture<T> future() {
        return answer;
    }

    /** Waits without regard to interrupts: who asked must learn what became of it. */
    final T await() throws IOException {
        try {
            return answer.join();
        } catch (CompletionException e) {
            // A new one, so that its trace shows who waited.
            if (e.getCause() instanceof StoreUnavailableException cause) {
                throw new StoreUnavailableException(cause.full(), String.valueOf(cause.getMessage()), cause);
            }
            throw new IOException("the store failed", e.getCause());
        }
    }
}
