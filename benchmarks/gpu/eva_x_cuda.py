#!/usr/bin/env python3
"""EVA-X in PyTorch on a GPU, as fast as PyTorch makes it without changing the network: the peer of Hilum's TensorRT.

In: torch.compile, scaled_dot_product_attention, weights in bf16 or fp16 with norms, pooling and head in fp32, one CUDA
graph a batch size. B's q, k, v and w1, w2 are joined to one product each, which changes no number. Images and logits
stay on the GPU, which is kinder than what Hilum's engine is timed with: that one is given bytes and returns results.
What an older PyTorch lacks is left out and named in "remarks".

MODEL is a folder with weights.safetensors under the reference's names, card.json, and reference.safetensors with
`inputs` U8 [N,1,S,S] (or `images` F32 [N,3,S,S], normalised), `logits` [N,L], and for --maps `cam_classes` [N,K].
It is compared with the reference before it is timed, and not timed when it computes something else.

Prints lines of JSON:
    {"kind": "about", "gpu", "torch", "cuda", "remarks"}            gpu is null on a processor
    {"kind": "computed", "logits" [N,L], "raw" [n,K,g*g] or null}   raw: Grad-CAM by autograd, of the first images
    {"kind": "speed", "batch", "images_per_s", "p50_ms", "p99_ms", "graph"}
    {"kind": "remark", "sentence"}                                  what was timed in a slower way than meant
    {"kind": "failed", "sentence"}                                  the last line then
"""
import argparse
import json
import os
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "python"))
from eva_x_peer import DEPTH, HEAD_DIM, read_safetensors, rotation  # noqa: E402

PRECISIONS = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}
# Largest logit difference (of fp32, relative above 1), or 99th percentile of the probabilities' differences.
CREDIBLE = {"fp32": 1e-3, "fp16": 0.01, "bf16": 0.05}
MAP_IMAGES = 8
HAS_SDPA = hasattr(F, "scaled_dot_product_attention")
HAS_COMPILE = hasattr(torch, "compile")


class Failed(Exception):
    """One sentence for people."""


def joined(tensors):
    """The reference's weights with B's separate products joined and the biases of q, k, v as one vector."""
    tensors = dict(tensors)
    for i in range(DEPTH):
        attn, mlp = f"blocks.{i}.attn.", f"blocks.{i}.mlp."
        if attn + "q_proj.weight" in tensors:
            tensors[attn + "qkv.weight"] = torch.cat([tensors.pop(f"{attn}{n}_proj.weight") for n in "qkv"])
        q_bias, v_bias = tensors.pop(attn + "q_bias"), tensors.pop(attn + "v_bias")
        tensors[attn + "qkv.bias"] = torch.cat([q_bias, torch.zeros_like(q_bias), v_bias])
        for part in ("weight", "bias"):
            if mlp + "w1." + part in tensors:
                tensors[mlp + "w12." + part] = torch.cat([tensors.pop(f"{mlp}w{n}.{part}") for n in (1, 2)])
    return tensors


class Norm(nn.LayerNorm):
    """In fp32 whatever comes in; gives back what came in."""

    def __init__(self, width):
        super().__init__(width, eps=1e-6)

    def forward(self, x):
        return super().forward(x.float()).to(x.dtype)


class Attention(nn.Module):
    def __init__(self, dim, cos, sin):
        super().__init__()
        self.heads = dim // HEAD_DIM
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)
        # A row of 1 and 0 for the class token: the same as leaving it out, without cutting and joining.
        self.register_buffer("cos", torch.cat((torch.ones(1, HEAD_DIM), cos)), persistent=False)
        self.register_buffer("sin", torch.cat((torch.zeros(1, HEAD_DIM), sin)), persistent=False)

    def turn(self, t):
        swapped = torch.stack((-t[..., 1::2], t[..., ::2]), dim=-1).flatten(-2)
        return (t * self.cos + swapped * self.sin).to(t.dtype)

    def forward(self, x):
        b, n, dim = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, HEAD_DIM).permute(2, 0, 3, 1, 4)
        q, k = self.turn(q), self.turn(k)
        if HAS_SDPA:
            x = F.scaled_dot_product_attention(q, k, v)
        else:
            x = ((q * HEAD_DIM ** -0.5) @ k.transpose(-2, -1)).float().softmax(dim=-1).to(v.dtype) @ v
        return self.proj(x.transpose(1, 2).reshape(b, n, dim))


class SwiGlu(nn.Module):
    def __init__(self, dim, hidden, norm):
        super().__init__()
        self.w12 = nn.Linear(dim, 2 * hidden)
        self.ffn_ln = Norm(hidden) if norm else nn.Identity()
        self.w3 = nn.Linear(hidden, dim)

    def forward(self, x):
        gate, value = self.w12(x).chunk(2, dim=-1)
        return self.w3(self.ffn_ln(F.silu(gate) * value))


class Block(nn.Module):
    def __init__(self, dim, hidden, norm, cos, sin):
        super().__init__()
        self.norm1 = Norm(dim)
        self.attn = Attention(dim, cos, sin)
        self.norm2 = Norm(dim)
        self.mlp = SwiGlu(dim, hidden, norm)

    def forward(self, x):
        return self.after(x, self.norm1(x))

    def after(self, x, u):
        """The block from u = norm1(x) on: where Grad-CAM looks."""
        x = x + self.attn(u)
        return x + self.mlp(self.norm2(x))


class EvaX(nn.Module):
    """Grey bytes [B,1,S,S], or normalised images [B,3,S,S], -> logits fp32 [B,L]."""

    def __init__(self, tensors, card, channels):
        super().__init__()
        weights = joined(tensors)
        dim = weights["cls_token"].shape[-1]
        hidden = weights["blocks.0.mlp.w3.weight"].shape[1]
        patches = weights["pos_embed"].shape[1] - 1
        cos, sin = rotation(int(patches ** 0.5))
        if channels == 1:
            # The three channels of a grey film are the same, so one channel with the sum of the kernels is, too.
            weights["patch_embed.proj.weight"] = weights["patch_embed.proj.weight"].sum(dim=1, keepdim=True)
        self.mean, self.std, self.channels = card["mean"], card["std"], channels
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embed = nn.Parameter(torch.zeros(1, patches + 1, dim))
        self.patch_embed = nn.ModuleDict({"proj": nn.Conv2d(channels, dim, 16, 16)})
        norm = "blocks.0.mlp.ffn_ln.weight" in weights
        self.blocks = nn.ModuleList(Block(dim, hidden, norm, cos, sin) for _ in range(DEPTH))
        self.fc_norm = Norm(dim)
        self.head = nn.Linear(dim, weights["head.bias"].shape[0])
        self.load_state_dict(weights)

    def in_precision(self, dtype):
        """Products and tokens in that precision; norms, rotation, pooling and head stay in fp32."""
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Conv2d)) and module is not self.head:
                module.to(dtype)
        self.cls_token.data = self.cls_token.data.to(dtype)
        self.pos_embed.data = self.pos_embed.data.to(dtype)
        return self

    def tokens(self, images):
        if self.channels == 1:
            images = (images.float() / 255 - self.mean) / self.std
        x = self.patch_embed["proj"](images.to(self.pos_embed.dtype)).flatten(2).transpose(1, 2)
        return torch.cat((self.cls_token.expand(x.shape[0], -1, -1), x), dim=1) + self.pos_embed

    def logits(self, x):
        return self.head(self.fc_norm(x[:, 1:].float().mean(dim=1)))

    def forward(self, images):
        x = self.tokens(images)
        for block in self.blocks:
            x = block(x)
        return self.logits(x)

    def maps(self, images, classes):
        """Grad-CAM before ReLU [B,K,g*g] of classes [B,K], target norm1 of the last block, by autograd."""
        with torch.no_grad():
            x = self.tokens(images)
            for block in self.blocks[:-1]:
                x = block(x)
            u = self.blocks[-1].norm1(x)
        u.requires_grad_(True)
        logits = self.logits(self.blocks[-1].after(x, u))
        maps = []
        for k in range(classes.shape[1]):
            chosen = logits.gather(1, classes[:, k:k + 1]).sum()
            (gradient,) = torch.autograd.grad(chosen, u, retain_graph=True)
            alpha = gradient[:, 1:].mean(dim=1, keepdim=True)
            maps.append((u[:, 1:] * alpha).sum(dim=2).detach())
        return torch.stack(maps, dim=1)


class Runner:
    """One precision of one model on one device. Not for several threads."""

    def __init__(self, folder, device, precision, mode):
        with open(os.path.join(folder, "card.json"), encoding="utf-8") as file:
            card = json.load(file)
        self.reference = read_safetensors(os.path.join(folder, "reference.safetensors"))
        self.inputs = self.reference["images"] if "images" in self.reference else self.reference["inputs"]
        self.device, self.precision, self.mode = device, precision, mode
        weights = read_safetensors(os.path.join(folder, "weights.safetensors"))
        model = EvaX(weights, card, self.inputs.shape[1]).in_precision(PRECISIONS[precision])
        self.model = model.to(device).eval().requires_grad_(False)
        self.cuda = device.startswith("cuda")

    def batch(self, size):
        repeats = -(-size // self.inputs.shape[0])
        return self.inputs.repeat(repeats, 1, 1, 1)[:size].contiguous().to(self.device)

    def check(self, maps):
        """Logits of all inputs, and maps of the first; says so when they are not the reference's."""
        with torch.no_grad():
            parts = [self.model(part.to(self.device)).float().cpu() for part in self.inputs.split(16)]
        logits = torch.cat(parts)
        raw = None
        if maps:
            classes = self.reference["cam_classes"][:MAP_IMAGES].to(self.device)
            raw = self.model.maps(self.inputs[:MAP_IMAGES].to(self.device), classes).float().cpu().tolist()
        print_line("computed", logits=logits.tolist(), raw=raw)
        expected = self.reference["logits"]
        if self.precision == "fp32":
            off = ((logits - expected).abs() / expected.abs().clamp(min=1)).max().item()
        else:
            off = torch.quantile((logits.sigmoid() - expected.sigmoid()).abs().flatten(), 0.99).item()
        if not off <= CREDIBLE[self.precision]:
            raise Failed(f"PyTorch in {self.precision} is {off:.2g} away from the reference, which is more than "
                         f"{CREDIBLE[self.precision]:.2g}: it computes another network, so it is not timed.")

    def compiled(self, images):
        """The model for batches of just this size; the model itself where it cannot be compiled."""
        if not (self.cuda and HAS_COMPILE) or self.mode == "eager":
            return self.model
        mode = "max-autotune-no-cudagraphs" if self.mode == "max-autotune" else "default"
        try:
            model = torch.compile(self.model, mode=mode, dynamic=False)
            model(images)
            return model
        except Exception as refused:  # a missing C compiler, a kernel that does not compile: of many types
            print_line("remark", sentence=f"Not compiled: {str(refused).strip().splitlines()[0]}")
            return self.model

    def call(self, images):
        """A function without arguments that computes the batch, and whether it replays a CUDA graph."""
        model = self.compiled(images)
        if not self.cuda:
            return (lambda: model(images)), False
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                model(images)
        torch.cuda.current_stream().wait_stream(side)
        try:
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph):
                model(images)
            return graph.replay, True
        except RuntimeError as refused:
            print_line("remark", sentence=f"No CUDA graph of this batch: {refused}")
            torch.cuda.synchronize()
            return (lambda: model(images)), False

    def wait(self):
        if self.cuda:
            torch.cuda.synchronize()

    def timed(self, call, calls):
        self.wait()
        begun = time.perf_counter()
        for _ in range(calls):
            call()
        self.wait()
        return time.perf_counter() - begun

    def speed(self, size, seconds):
        with torch.no_grad():
            call, graph = self.call(self.batch(size))
            self.timed(call, 1)
            each = self.timed(call, 2) / 2
            # Calls in flight for the rate; one at a time for the latency.
            calls = max(1, round(seconds / 2 / each))
            rate = calls * size / self.timed(call, calls)
            single = sorted(self.timed(call, 1) for _ in range(max(1, min(1000, round(seconds / 2 / each)))))
        print_line("speed", batch=size, images_per_s=rate, p50_ms=1e3 * single[len(single) // 2],
                   p99_ms=1e3 * single[min(len(single) - 1, int(0.99 * len(single)))], graph=graph)


def print_line(kind, **values):
    print(json.dumps({"kind": kind, **values}), flush=True)


def about(device):
    cuda = device.startswith("cuda")
    if cuda and not torch.cuda.is_available():
        raise Failed("PyTorch finds no CUDA device on this machine, so there is nothing to time.")
    remarks = [] if HAS_SDPA else ["no scaled_dot_product_attention in this PyTorch: plain products and softmax"]
    if not HAS_COMPILE:
        remarks.append("no torch.compile in this PyTorch: eager")
    elif not cuda:
        remarks.append("eager: compiled on a GPU only")
    print_line("about", gpu=torch.cuda.get_device_name() if cuda else None, torch=torch.__version__,
               cuda=torch.version.cuda if cuda else None, remarks=remarks)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="folder with weights, card and reference")
    parser.add_argument("--device", default="cuda", help="cuda (default) or cpu")
    parser.add_argument("--precision", default="bf16", choices=PRECISIONS, help="default: bf16")
    parser.add_argument("--maps", action="store_true", help="Grad-CAM, too, for comparing; it is not timed")
    parser.add_argument("--batches", default="", help="batch sizes to time, such as 256,64,1 (default: none)")
    parser.add_argument("--seconds", type=float, default=2, help="a batch size is timed about that long (default: 2)")
    parser.add_argument("--mode", default="default", choices=("default", "max-autotune", "eager"),
                        help="of torch.compile; max-autotune takes minutes a batch size")
    options = parser.parse_args()
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    if HAS_COMPILE:
        from torch import _dynamo
        # Each batch size is compiled for itself; past 8 PyTorch would silently stop compiling.
        _dynamo.config.cache_size_limit = 64
    try:
        about(options.device)
        runner = Runner(options.model, options.device, options.precision, options.mode)
        runner.check(options.maps)
        for size in filter(None, options.batches.split(",")):
            runner.speed(int(size), options.seconds)
    except Failed as failed:
        print_line("failed", sentence=str(failed))
        sys.exit(1)
    except (RuntimeError, OSError, ValueError) as failed:
        print_line("failed", sentence=f"PyTorch stopped: {str(failed).strip().splitlines()[0]}")
        sys.exit(1)


if __name__ == "__main__":
    main()
