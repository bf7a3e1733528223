package io.waypost.actions.mailet;

import javax.activation.CommandMap;
import javax.activation.MailcapCommandMap;

/**
 * Tells javax.activation which classes write which content. By itself it takes every META-INF/mailcap on the class path, and those of
 * jakarta.mail name classes that it cannot use.
 */
final class MailHandlers {

    private static final String HANDLER = ";; x-java-content-handler=com.sun.mail.handlers.";

    private MailHandlers() {}

    static void install() {
        MailcapCommandMap map = new MailcapCommandMap();
        map.addMailcap("text/plain" + HANDLER + "text_plain");
        map.addMailcap("text/html" + HANDLER + "text_html");
        map.addMailcap("text/xml" + HANDLER + "text_xml");
        map.addMailcap("multipart/*" + HANDLER + "multipart_mixed; x-java-fallback-entry=true");
        map.addMailcap("message/rfc822" + HANDLER + "message_rfc822");
        CommandMap.setDefaultCommandMap(map);
    }
}
