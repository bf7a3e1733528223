package io.waypost.api.identity.v2;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.IdentitySettings.TagEdit;
import io.waypost.message.Scope;
import java.io.IOException;

/** A kind of things that have tags. Safe for all threads. */
public interface Taggable {

    /** What stands before the name in an ARN, such as {@code identity}. */
    String kind();

    /**
     * Reads or changes the tags of one thing; durable when it returns.
     *
     * @throws ServiceException NotFoundException, or from the edit
     */
    void tags(Scope scope, String name, TagEdit edit) throws ServiceException, IOException;
}
