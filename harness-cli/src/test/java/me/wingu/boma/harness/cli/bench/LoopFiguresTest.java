package me.wingu.boma.harness.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import me.wingu.boma.harness.cli.bench.LoopFigures.Figure;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoopFiguresTest {

    private final LoopFigures figures = new LoopFigures();

    @Test
    void should_tell_medians_with_their_spread() {
        figures.add(Figure.FIRST_TEST, 1900);
        figures.add(Figure.FIRST_TEST, 1700);
        figures.add(Figure.FIRST_TEST, 2600);

        assertThat(json().path("firstTestMs").toString())
                .isEqualTo("{\"median\":1900,\"min\":1700,\"max\":2600,\"n\":3}");
        assertThat(figures.lines()).singleElement().asString().contains("first test method", "1900 (1700 to 2600, n=3)");
    }

    @Test
    void should_say_null_of_what_was_not_measured() {
        figures.add(Figure.CYCLE, 300_000);
        figures.fact("vagrant", "not measured: no vagrant");

        assertThat(json().path("vagrantSumMs").isNull()).isTrue();
        assertThat(json().path("cycleToVagrant").isNull()).isTrue();
        assertThat(json().path("vagrant").asString()).contains("no vagrant");
    }

    @Test
    void should_divide_median_by_median() {
        figures.add(Figure.CYCLE, 330_000);
        figures.add(Figure.BARE, 290_000);
        figures.add(Figure.BARE, 310_000);

        assertThat(json().path("cycleToBare").asDouble()).isEqualTo(1.1);
        assertThat(figures.lines()).anyMatch(line -> line.matches("cycleToBare +1\\.100"));
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(figures.asMap()));
    }
}
