package io.waypost.api.identity.policy;

import java.util.List;

/** A sending authorization policy that has been read. */
record Policy(List<Statement> statements) {

    /** What a policy says of an attempt. */
    enum Answer {
        SILENT,
        ALLOWED,
        FORBIDDEN
    }

    Policy {
        statements = List.copyOf(statements);
    }

    /** Forbidding wins, also where it cannot be told whether the statement applies; allowing must be certain. */
    Answer answer(Attempt attempt) {
        Answer answer = Answer.SILENT;
        for (Statement statement : statements) {
            Truth applies = statement.applies(attempt);
            if (!statement.allows() && applies != Truth.NO) {
                return Answer.FORBIDDEN;
            }
            if (statement.allows() && applies == Truth.YES) {
                answer = Answer.ALLOWED;
            }
        }
        return answer;
    }
}
