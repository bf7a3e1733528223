package io.waypost.actions.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.actions.Effects;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VerdictsJsonTest {

    @Test
    void everyCheckTellsWhatItFound() throws Exception {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            VerdictsJson.write(json, Effects.forged());
            json.writeEndObject();
        }
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(out.toString())).isEqualTo(mapper.readTree("""
                {"verdicts":{
                 "spf":{"status":"FAIL","result":"fail","detail":"not permitted by sender.example"},
                 "dkim":{"status":"FAIL","result":"fail","detail":"the body was changed","signatures":[
                   {"domain":"sender.example","selector":"s1","result":"fail","detail":"the body was changed"}]},
                 "dmarc":{"status":"FAIL","result":"fail","detail":"not aligned","policy":"reject"},
                 "arc":{"status":"GRAY","result":"none","detail":"no chain"},
                 "spam":{"status":"PASS","result":"no action","detail":"0.4 of 15.0","score":0.4,"symbols":["R_SPF_FAIL"]},
                 "virus":{"status":"PROCESSING_FAILED","result":"error","detail":"clamd: down"},
                 "client":{"reverseName":null,"listings":["bl.example"]}}}"""));
    }
}
