package io.waypost.api.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.ServiceException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attributes of topics that have no effect and that tools set all the same. */
class AttributesTest {

    @ParameterizedTest(name = "{0} {1} is kept")
    @CsvSource({
        "HTTPSuccessFeedbackSampleRate, 0",
        "SQSSuccessFeedbackSampleRate, 100",
        "LambdaSuccessFeedbackSampleRate, 42",
        "FirehoseFailureFeedbackRoleArn, arn:aws:iam::123456789012:role/feedback",
        "ApplicationSuccessFeedbackRoleArn, arn:aws:iam::123456789012:role/feedback",
        "TracingConfig, PassThrough",
    })
    void kept(String name, String value) throws ServiceException {
        Map<String, String> all = new HashMap<>();
        Attributes.setOnTopic(all, name, value);
        assertThat(all).isEqualTo(Map.of(name, value));
        Attributes.setOnTopic(all, name, "");
        assertThat(all).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} is refused")
    @CsvSource({
        "HTTPSuccessFeedbackSampleRate, 101",
        "HTTPSuccessFeedbackSampleRate, -1",
        "HTTPSuccessFeedbackSampleRate, many",
        "HTTPFailureFeedbackSampleRate, 0",
        "HTTPSuccessFeedbackRoleArn, role",
        "MailSuccessFeedbackRoleArn, arn:aws:iam::123456789012:role/feedback",
        "TracingConfig, Active",
    })
    void refused(String name, String value) {
        Map<String, String> all = new HashMap<>();
        assertThatThrownBy(() -> Attributes.setOnTopic(all, name, value))
                .isInstanceOf(ServiceException.class)
                .hasMessageStartingWith("Invalid parameter: ");
        assertThat(all).isEmpty();
    }
}
