package me.wingu.boma.harness.cli.nft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.evaluation.Hook;
import me.wingu.boma.harness.nftables.evaluation.TraceEvent;
import me.wingu.boma.harness.nftables.proof.Exposure;
import me.wingu.boma.harness.nftables.proof.Finding;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers for machines. */
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static Map<String, Object> of(Evaluation evaluation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("packet", evaluation.packet().toString());
        json.put("verdict", evaluation.verdict().toString());
        json.put("path", evaluation.outcome().path().stream().map(Hook::keyword).toList());
        json.put("leavesAs", evaluation.outcome().last().toString());
        evaluation.outcome().decisive().ifPresent(event -> json.put("decidedBy", of(event)));
        json.put("trace", evaluation.outcome().trace().stream().map(Json::of).toList());
        json.put("notes", evaluation.outcome().notes());
        json.put(
                "unknowns",
                evaluation.unknowns().stream()
                        .map(unknown -> Map.of("rule", unknown.rule().toString(), "reason", unknown.reason()))
                        .toList());
        return json;
    }

    private static Map<String, Object> of(TraceEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("chain", event.chain().toString());
        event.rule().ifPresent(rule -> {
            json.put("handle", rule.id().handle());
            json.put("rule", rule.rule().text());
        });
        json.put("ruling", event.rule().isPresent() ? event.ruling().toString() : "policy " + event.ruling());
        return json;
    }

    static Map<String, Object> of(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("answer", finding.kind().name());
        json.put("property", finding.property());
        json.put("assumptions", finding.assumptions());
        json.put(
                "doubts",
                finding.doubts().stream()
                        .map(doubt -> Map.of("rule", doubt.rule().toString(), "reason", doubt.reason()))
                        .toList());
        finding.example().ifPresent(example -> json.put("example", of(example)));
        return json;
    }

    static Map<String, Object> of(List<Exposure> exposures) {
        List<Map<String, Object>> rows = exposures.stream().map(Json::row).toList();
        return Map.of("exposed", rows);
    }

    private static Map<String, Object> row(Exposure exposure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ipVersion", exposure.version());
        json.put("protocol", exposure.protocol());
        json.put("numbers", exposure.numbers());
        json.put("sources", exposure.sources());
        json.put("certain", exposure.certain());
        json.put("example", exposure.example().toString());
        return json;
    }
}
