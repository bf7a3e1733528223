package io.waypost.store;

import java.sql.SQLException;

/** Called around each commit of rows, so that tests can let it fail before it happened or after, when nobody knows. */
interface CommitHook {

    CommitHook NONE = new CommitHook() {
        @Override
        public void before() {}

        @Override
        public void after() {}
    };

    void before() throws SQLException;

    void after() throws SQLException;
}
