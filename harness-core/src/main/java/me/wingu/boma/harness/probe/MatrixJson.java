package me.wingu.boma.harness.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes a matrix for machines. */
final class MatrixJson {

    private static final int SCHEMA = 1;

    private MatrixJson() {}

    static String write(Matrix matrix) {
        List<Map<String, Object>> cells = new ArrayList<>();
        matrix.cells().forEach((spot, reach) -> cells.add(cell(spot, reach)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("cells", cells);
        return JsonMapper.builder().build().writeValueAsString(document);
    }

    private static Map<String, Object> cell(Spot spot, Reach reach) {
        Map<String, Object> cell = new LinkedHashMap<>();
        cell.put("vantage", spot.vantage());
        cell.put("ipVersion", spot.version().toString());
        cell.put("host", Targets.text(reach.host()));
        cell.put("service", spot.service().toString());
        cell.put("state", reach.state().word());
        cell.put("seen", reach.trial().seen());
        cell.put("from", reach.trial().from());
        cell.put("tries", reach.trial().tries());
        cell.put("tookMs", reach.trial().took().toMillis());
        return cell;
    }
}
