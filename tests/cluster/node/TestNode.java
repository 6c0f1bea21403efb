import java.util.Collections;
import java.util.List;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/** One node for tests, of the settings that are given as key=value; it ends when its standard input closes. */
public class TestNode extends Node {
    TestNode(Settings settings) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Collections.emptyMap(), null, () -> "consta"),
            List.of(Netty4Plugin.class, CommonAnalysisPlugin.class), false);
    }

    public static void main(String[] args) throws Exception {
        Settings.Builder settings = Settings.builder()
            .put("node.portsfile", false).put("transport.type", "netty4").put("http.type", "netty4");
        for (String arg : args) {
            settings.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
        }
        Node node = new TestNode(settings.build()).start();
        System.out.println("READY");
        while (System.in.read() >= 0) { }
        node.close();
        System.exit(0);
    }
}
