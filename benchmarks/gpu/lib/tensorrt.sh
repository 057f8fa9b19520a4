# Bindings, NVIDIA's libraries and stubs for a machine that has CUDA and nothing else. Sourced by pack.
# shellcheck shell=bash

# TensorRT of the bare machine. Hilum compiles against 10.15, whose only whole artifact on Maven Central carries just the
# PTX builder resource and very probably builds nothing for Hopper; 10.6 is the newest one with kernels for it.
tensorrt_version=${HILUM_TENSORRT_VERSION:-10.6-1.5.11}
javacpp_version=1.5.13
# The machine's libcudart decides which of the two is loaded there; its symbols carry the major version.
declare -A cuda_versions=([12]=12.6-9.5-1.5.11 [13]=13.1-9.19-1.5.13)
platform=linux-x86_64

# artifact COORDINATES FOLDER: through Maven into the local repository and from there into FOLDER.
artifact() {
  say "fetching $1"
  mvn -B -ntp -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$1" -DoutputDirectory="$2" >&2 \
    || die "Maven does not fetch $1; is Maven Central in reach?"
}

# bindings CUDA FOLDER LIBRARIES SOURCES: preset jars, and the engine compiled against just these. The machine's classpath
# has this folder first, so that the engine in the project's jar, compiled against 10.15, does not count there.
bindings() {
  local cuda=$1 folder=$2 libraries=$3 sources=$4 artifact
  mkdir -p "$folder/classes"
  for artifact in "javacpp:$javacpp_version" "cuda:${cuda_versions[$cuda]}" "tensorrt:$tensorrt_version"; do
    [ -f "$folder/${artifact/:/-}.jar" ] || artifact "org.bytedeco:$artifact:jar" "$folder"
    [ -f "$folder/${artifact/:/-}-$platform.jar" ] || artifact "org.bytedeco:$artifact:jar:$platform" "$folder"
  done
  find "$sources" -name '*.java' -print0 \
    | xargs -0 javac --release 17 -parameters -proc:none -nowarn -cp "$folder/*:$libraries/*" -d "$folder/classes" \
    || die "the engine does not compile against TensorRT $tensorrt_version and CUDA ${cuda_versions[$cuda]}."
}

# nvidia FOLDER BUILDER_FOLDER CACHE: libnvinfer and the ONNX parser into one, the builder resource into the other.
nvidia() {
  local folder=$1 builder=$2 cache=$3
  local jar=$cache/tensorrt-$tensorrt_version-$platform-redist.jar
  mkdir -p "$folder" "$builder" "$cache"
  [ -f "$jar" ] || artifact "org.bytedeco:tensorrt:$tensorrt_version:jar:$platform-redist" "$cache"
  # Only these three: the plugins are not used.
  local names
  names=$(jar tf "$jar" | grep -E '/libnv(infer|onnxparser|infer_builder_resource)\.so\.[0-9.]+$') \
    || die "$jar holds no libnvinfer; is $tensorrt_version a version with NVIDIA's libraries?"
  # shellcheck disable=SC2086 # one name a word
  (cd "$cache" && jar xf "$jar" $names && mv $names .)
  rm -rf "${cache:?}/org"
  mv "$cache"/libnvinfer_builder_resource.so.* "$builder/"
  mv "$cache"/libnvinfer.so.* "$cache"/libnvonnxparser.so.* "$folder/"
}

# stubs FOLDER BINDINGS...: an empty library for each one that a binding links to and that neither the machine nor we
# have. JavaCPP's preset of libnvinfer loads the bindings of cuBLAS, cuDNN and others first; libnvinfer calls none of them.
# They lie in a folder of their own, since PyTorch must never find them.
stubs() {
  local folder=$1 jar names name
  shift
  mkdir -p "$folder"
  local unpacked
  unpacked=$(mktemp -d)
  for jar in "$@"; do
    (cd "$unpacked" && jar xf "$jar" org/bytedeco)
    names=$(find "$unpacked" -regextype egrep -regex '.*/libjni(cudart|cublas|cudnn|nvrtc|nvinfer|nvinfer_plugin|nvonnxparser)\.so' \
      -exec readelf -d {} + | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u)
    for name in $names; do
      case $name in
        libc.so.* | libm.so.* | libdl.so.* | librt.so.* | libpthread.so.* | libstdc++.so.* | libgcc_s.so.* | ld-linux*) ;;
        libcuda.so.* | libcudart.so.* | libnvinfer.so.* | libnvonnxparser.so.*) ;;
        libjni*) ;;
        *) [ -f "$folder/$name" ] || echo | gcc -x c -shared -fPIC -nostdlib -Wl,-soname,"$name" -o "$folder/$name" - ;;
      esac
    done
    rm -rf "${unpacked:?}"/*
  done
  rm -rf "$unpacked"
}
