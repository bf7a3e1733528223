package io.waypost.api.template;

import io.waypost.api.aws.Operations;
import io.waypost.message.compose.Composer;
import java.time.Clock;

/** The operations on templates, of both APIs. */
public final class TemplateFamily implements Operations.Family {

    private final TemplateBook book;
    private final Templates templates;

    public TemplateFamily(TemplateBook book, Composer composer, Clock clock) {
        this.book = book;
        this.templates = new Templates(book, composer, clock);
    }

    @Override
    public void addTo(Operations.Builder operations) {
        operations.add(new TemplateOperations(book, templates)).add(new EmailTemplateOperations(book, templates));
    }
}
