package io.waypost.actions.mailet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders.Header;
import org.apache.mailet.base.GenericMailet;

/** Mailets as a user may write them, well and badly. */
@SuppressWarnings("deprecation") // the mailet API has them, so they must work
final class OwnMailets {

    private OwnMailets() {}

    /** Tells what it can see. */
    public static final class Looking extends GenericMailet {
        static final List<String> seen = new ArrayList<>();

        @Override
        public void service(Mail mail) throws MessagingException {
            seen.add("sender " + mail.getMaybeSender().asString("none"));
            seen.add("recipients " + mail.getRecipients());
            seen.add("remote " + mail.getRemoteAddr() + " " + mail.getRemoteHost());
            seen.add("helo "
                    + mail.getAttribute(Mail.SMTP_HELO).orElseThrow().getValue().value());
            seen.add("local " + getMailetContext().isLocalEmail(new MailAddress("x@example.com")) + " "
                    + getMailetContext().isLocalEmail(new MailAddress("x@elsewhere.example")));
            seen.add("postmaster " + getMailetContext().getPostmaster());
            seen.add("greeting " + getInitParameter("greeting"));
            seen.add("size " + mail.getMessageSize());
            mail.setAttribute("number", 7);
            seen.add("attribute " + mail.setAttribute("number", 8) + " then " + mail.getAttribute("number"));
        }
    }

    /** Sends a mail back. */
    public static final class Answering extends GenericMailet {
        @Override
        public void service(Mail mail) throws MessagingException {
            MimeMessage answer = (MimeMessage) mail.getMessage().reply(false);
            answer.setSubject("Got it");
            answer.setText("Thank you.\nBye.");
            getMailetContext()
                    .sendMail(
                            getMailetContext().getPostmaster(),
                            List.of(mail.getMaybeSender().get()),
                            answer);
        }
    }

    /** Goes wrong in the way it is told. */
    public static final class Failing extends GenericMailet {
        @Override
        public void service(Mail mail) throws MessagingException {
            switch (getInitParameter("how")) {
                case "throw" -> throw new MessagingException("directory is away");
                case "state" -> {
                    mail.setState(Mail.ERROR);
                    mail.setErrorMessage("not now");
                }
                case "dns" -> getMailetContext().getMailServers(org.apache.james.core.Domain.of("a.example"));
                default -> mail.setRecipients(List.of(new MailAddress("other@example.com")));
            }
        }
    }

    /** Writes the whole message anew. */
    public static final class Rewriting extends GenericMailet {
        @Override
        public void service(Mail mail) throws MessagingException {
            mail.getMessage().setText("new text");
        }
    }

    /** Counts its beginnings and ends. */
    public static final class Counting extends GenericMailet {
        static final AtomicInteger begun = new AtomicInteger();
        static final AtomicInteger ended = new AtomicInteger();

        @Override
        public void init() {
            begun.incrementAndGet();
        }

        @Override
        public void destroy() {
            ended.incrementAndGet();
        }

        @Override
        public void service(Mail mail) throws MessagingException {
            mail.addSpecificHeaderForRecipient(
                    Header.builder().name("X-For").value("you").build(),
                    mail.getRecipients().iterator().next());
        }
    }

    /** Is made by Guice in James. */
    public static final class NeedsServer extends GenericMailet {
        public NeedsServer(String service) {
            super();
        }

        @Override
        public void service(Mail mail) {}
    }
}
