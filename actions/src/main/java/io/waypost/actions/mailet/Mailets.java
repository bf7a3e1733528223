package io.waypost.actions.mailet;

import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.apache.mailet.MailetContext;

/**
 * The mailets that run: one for each class and parameters, begun when first asked for, used by all threads at once as in James, and
 * destroyed when no rule names it any more.
 */
final class Mailets implements AutoCloseable {

    private static final String STANDARD_PACKAGE = "org.apache.james.transport.mailets.";

    private final ClassLoader classes;
    private final MailetContext context;
    private final Map<MailetAction, Running> running = new HashMap<>();

    Mailets(ClassLoader classes, MailetContext context) {
        this.classes = classes;
        this.context = context;
    }

    /** A short name means one of apache-mailet-standard. */
    static String className(String name) {
        return name.contains(".") ? name : STANDARD_PACKAGE + name;
    }

    /**
     * Begins the mailet unless it runs already.
     *
     * @throws IllegalArgumentException with why it cannot: no such class, no mailet, its init refused
     */
    void begin(MailetAction action) {
        running(action);
    }

    /** Lets the mailet have the mail. */
    void service(MailetAction action, Mail mail) throws MessagingException {
        while (!running(action).service(mail)) {
            // It was destroyed between the two calls: begin it again.
        }
    }

    /** Destroys those that none of the actions needs; one at work may end first. */
    void retain(Collection<MailetAction> actions) {
        Map<MailetAction, Running> gone;
        synchronized (running) {
            gone = new HashMap<>(running);
            gone.keySet().removeAll(actions);
            running.keySet().removeAll(gone.keySet());
        }
        gone.values().forEach(Running::destroy);
    }

    @Override
    public void close() {
        retain(java.util.List.of());
    }

    private Running running(MailetAction action) {
        synchronized (running) {
            Running found = running.get(action);
            if (found == null) {
                found = new Running(make(action));
                running.put(action, found);
            }
            return found;
        }
    }

    private Mailet make(MailetAction action) {
        String name = action.className();
        try {
            Class<?> type = Class.forName(name, true, classes);
            if (!Mailet.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException(name + " is a class, but no mailet");
            }
            Mailet mailet = (Mailet) type.getConstructor().newInstance();
            mailet.init(new InitParameters(action, context));
            return mailet;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "there is no mailet class " + name + " on the class path, or it needs one that is not there ("
                            + e.getMessage() + ")",
                    e);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    name + " needs services of the James server; only mailets with a public constructor without"
                            + " arguments run here",
                    e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(name + " cannot be made: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(name + " cannot be made: " + e, e);
        } catch (MessagingException | RuntimeException e) {
            if (e instanceof IllegalArgumentException ours
                    && ours.getCause() == null
                    && said(ours).startsWith(name)) {
                throw ours;
            }
            throw new IllegalArgumentException(name + " does not take these parameters: " + e.getMessage(), e);
        }
    }

    private static String said(Exception e) {
        return String.valueOf(e.getMessage());
    }

    /** One mailet; many may use it at once, its end waits for them. */
    private static final class Running {
        private final Mailet mailet;
        private final ReadWriteLock use = new ReentrantReadWriteLock();
        private boolean destroyed;

        Running(Mailet mailet) {
            this.mailet = mailet;
        }

        /** False when it was destroyed meanwhile. */
        boolean service(Mail mail) throws MessagingException {
            use.readLock().lock();
            try {
                if (destroyed) {
                    return false;
                }
                mailet.service(mail);
                return true;
            } finally {
                use.readLock().unlock();
            }
        }

        void destroy() {
            use.writeLock().lock();
            try {
                destroyed = true;
                mailet.destroy();
            } finally {
                use.writeLock().unlock();
            }
        }
    }
}
