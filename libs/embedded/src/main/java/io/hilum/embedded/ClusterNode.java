package io.hilum.embedded;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Which broker of which cluster. Each of them is a controller too; the voters are fixed, so that a node reads them
 * from its settings and not from its log.
 *
 * @param id 1 and up
 * @param clusterId shared by all nodes; written into a new directory, and not looked at again
 * @param controllers the controllers' ports on 127.0.0.1, that of node 1 first
 */
record ClusterNode(int id, String clusterId, List<Integer> controllers) {

    ClusterNode {
        Objects.requireNonNull(clusterId, "clusterId");
        controllers = List.copyOf(controllers);
        if (id < 1 || id > controllers.size()) {
            throw new IllegalArgumentException("Node " + id + " is not among the " + controllers.size() + " nodes of its cluster.");
        }
    }

    /** The one node of a cluster of one; its controller's port may differ at each start. */
    static ClusterNode alone() {
        return new ClusterNode(1, Uuid.randomUuid().toString(), List.of(FreePort.pick()));
    }

    int size() {
        return controllers.size();
    }

    int controllerPort() {
        return controllers.get(id - 1);
    }

    /** As {@code controller.quorum.voters}. */
    String voters() {
        return IntStream.rangeClosed(1, size())
                .mapToObj(node -> node + "@127.0.0.1:" + controllers.get(node - 1))
                .collect(Collectors.joining(","));
    }

    /** As {@link BrokerMain} reads it: {@code id/clusterId/port,port,...}. */
    String argument() {
        return id + "/" + clusterId + "/" + controllers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static ClusterNode parse(String argument) {
        String[] parts = argument.split("/");
        if (parts.length != 3) {
            throw new IllegalArgumentException("--node must be ID/CLUSTER/PORT,PORT,..., not " + argument);
        }
        return new ClusterNode(Integer.parseInt(parts[0]), parts[1],
                List.of(parts[2].split(",")).stream().map(Integer::valueOf).toList());
    }
}
