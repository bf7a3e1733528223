package io.waypost.store;

import java.io.Closeable;
import java.io.IOException;

/** A file as a reader sees it: while he has it open, its bytes stay what they are. */
interface ContentFile {

    /**
     * Opens the file as the row meant it.
     *
     * @throws IOException when the mail was settled meanwhile and the file is gone or used for others
     */
    Lease open() throws IOException;

    /** An open file; closing ends the claim on its bytes. May be closed twice. */
    interface Lease extends Closeable {
        DiskFile file();
    }
}
