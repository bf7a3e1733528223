package io.waypost.smtp.checks;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is being asked on a virtual thread of its own. Safe for all threads. */
public final class Question<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Question.class);

    private final FutureTask<T> task;

    private Question(FutureTask<T> task) {
        this.task = task;
    }

    /** Begins to ask. */
    public static <T> Question<T> ask(Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        Thread.ofVirtual().name("check").start(task);
        return new Question<>(task);
    }

    /**
     * Waits for the answer until the deadline.
     *
     * @param otherwise makes an answer from the reason why there is none
     */
    public T answer(Deadline deadline, Function<String, T> otherwise) {
        try {
            return task.get(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return otherwise.apply("no answer in time");
        } catch (CancellationException e) {
            return otherwise.apply("the session has ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise.apply("interrupted");
        } catch (ExecutionException e) {
            LOG.error("A check broke", e.getCause());
            return otherwise.apply("internal error");
        }
    }

    /** Nobody waits any more. */
    public void cancel() {
        task.cancel(true);
    }
}
