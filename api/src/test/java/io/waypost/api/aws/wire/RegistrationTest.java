package io.waypost.api.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.Coverage;
import io.waypost.api.aws.Front;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import org.junit.jupiter.api.Test;

class RegistrationTest {

    record Wrong(String name) {}

    @Test
    void anOperationThatIsInNoModelIsRefused() {
        Operations operations = new Operations.Builder()
                .add(Api.SES, "CreateMailbox", Nothing.class, Nothing.class, (caller, asked) -> new Nothing())
                .build();
        assertThatThrownBy(() -> new Front(operations, Doors.EVERYBODY, () -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CreateMailbox");
    }

    @Test
    void recordsThatDoNotFitAreRefusedWithTheOperation() {
        Operations operations = new Operations.Builder()
                .add(Api.SES, "GetSendQuota", Nothing.class, Wrong.class, (caller, asked) -> new Wrong(""))
                .build();
        assertThatThrownBy(() -> new Front(operations, Doors.EVERYBODY, () -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GetSendQuota")
                .hasMessageContaining("Wrong.name is no member of GetSendQuotaResponse");
    }

    @Test
    void thePageOfCoverageCountsAndNamesAllOperations() {
        assertThat(Coverage.markdown(Doors.operations()))
                .contains("| SES, 2010-12-01 | 71 | 6 |")
                .contains("| SES v2, 2019-09-27 | 116 | 8 |")
                .contains("| Mail Manager, 2023-10-17 | 60 | 1 |")
                .contains("| SNS, 2010-03-31 | 42 | 3 |")
                .contains("| CreateReceiptRule | works |")
                .contains("| CloneReceiptRuleSet | not yet |");
    }
}
