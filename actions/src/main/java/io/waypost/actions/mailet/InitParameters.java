package io.waypost.actions.mailet;

import java.util.Iterator;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.MailetContext;
import org.jspecify.annotations.Nullable;

/** What a mailet is told at its init. */
record InitParameters(MailetAction action, MailetContext context) implements MailetConfig {

    @Override
    public @Nullable String getInitParameter(String name) {
        return action.parameters().get(name);
    }

    @Override
    public Iterator<String> getInitParameterNames() {
        return action.parameters().keySet().iterator();
    }

    @Override
    public MailetContext getMailetContext() {
        return context;
    }

    @Override
    public String getMailetName() {
        return action.shortName();
    }
}
