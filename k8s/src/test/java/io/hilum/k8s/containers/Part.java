package io.hilum.k8s.containers;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.Volume;
import io.hilum.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * A container that can be killed, shut down and resumed. It keeps its name in the network and its port on 127.0.0.1
 * over all of that, which Docker's own choice of a port would not.
 *
 * <p>It runs with no capability and cannot get one, as the manifests' pods do. Owned by the test's thread.
 */
final class Part extends GenericContainer<Part> {

    private static final Duration GRACE = Duration.ofSeconds(60);
    /** 128 + SIGKILL. */
    private static final long KILLED = 137;

    private final String name;
    private final int port = FreePort.pick();

    /**
     * @param image one of {@link Images}
     * @param name its name in the network
     * @param inside the port in the container that this machine reaches at {@link #port()}
     */
    Part(String image, String name, Network network, int inside, long memoryBytes) {
        super(DockerImageName.parse(Images.named(image)));
        this.name = name;
        // There is no registry: an image that is missing here is missing.
        withImagePullPolicy(missing -> false).withNetwork(network).withNetworkAliases(name);
        onHost(host -> host.withCapDrop(Capability.ALL).withMemory(memoryBytes).withPortBindings(
                new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(inside))));
        withCreateContainerCmdModifier(command -> command.withHostName(name).withExposedPorts(ExposedPort.tcp(inside)));
    }

    /** Nothing but /tmp is writable, and that is gone with the process: a restart must do without local state. */
    Part readOnly() {
        return onHost(host -> host.withReadonlyRootfs(true).withTmpFs(Map.of("/tmp", "rw,exec,size=1g")));
    }

    /** The folder is there under its own path, to be read. */
    Part reading(Path folder) {
        return onHost(host -> host.withBinds(new Bind(folder.toString(), new Volume(folder.toString()), AccessMode.ro)));
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    boolean runs() {
        return Boolean.TRUE.equals(state().getRunning());
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        getDockerClient().killContainerCmd(getContainerId()).exec();
        Awaitility.await(name + " is killed").atMost(GRACE).until(() -> !runs());
    }

    /** SIGTERM, as a cluster stops a pod; a part that must be killed in the end fails here. */
    void shutDown() {
        getDockerClient().stopContainerCmd(getContainerId()).withTimeout((int) GRACE.toSeconds()).exec();
        Long code = state().getExitCodeLong();
        if (code == null || code == KILLED) {
            throw new AssertionError(name + " did not stop within " + GRACE + " and was killed");
        }
    }

    /** Starts the same container again, with the disk that it left. */
    void resume() {
        getDockerClient().startContainerCmd(getContainerId()).exec();
    }

    /** Removes it, and leaves all that it ever said in a file for people. */
    void remove() {
        if (getContainerId() != null) {
            try {
                Files.writeString(Images.work().resolve(name + ".log"), getLogs());
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
        stop();
    }

    private ContainerState state() {
        return getDockerClient().inspectContainerCmd(getContainerId()).exec().getState();
    }

    private Part onHost(Consumer<HostConfig> change) {
        return withCreateContainerCmdModifier(command -> {
            HostConfig host = command.getHostConfig() == null ? HostConfig.newHostConfig() : command.getHostConfig();
            change.accept(host);
            command.withHostConfig(host);
        });
    }
}
