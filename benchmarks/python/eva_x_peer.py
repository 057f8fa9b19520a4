#!/usr/bin/env python3
"""EVA-X in plain PyTorch, as a careful PyTorch user would write it: the peer that Hilum's training speed stands beside.

Written for PyTorch 1.13 (Debian's python3-torch), which has no scaled_dot_product_attention. Everything that costs
nothing and helps speed is in: packed qkv and SwiGLU, rotation tables made once, the foreach AdamW, gradients set to
None, eval mode and no_grad for the forward pass.

It lives as long as the benchmark and does one round for each line on its standard input, so that rounds of both sides
can alternate. It answers each line with one line of JSON:

    check              logits of the given images, and the losses of the first three steps (the weights are put back)
    train B STEPS      seconds of STEPS training steps of B images, by the wall's clock and of processor time
    forward B CALLS    the same of CALLS forward passes of B images
    cam B K            the same of Grad-CAM of K labels for B images, as pytorch-grad-cam does it: for each label a forward pass
                       and a backward pass through the network
    cam_once B K       the same with one forward pass, and for each label a backward pass through the last block only
    cams K             raw maps of labels 0 to K-1 for the given images
    sgemm N CALLS      the same of CALLS products of two N x N matrices
    quit

The file given holds the weights under their reference names, `images` [2,3,S,S] and `targets` [2,L], as safetensors.
"""
import argparse
import json
import struct
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

DEPTH = 12
HEAD_DIM = 64


DTYPES = {"F32": torch.float32, "I64": torch.int64, "U8": torch.uint8}


def read_safetensors(path):
    """Name -> tensor of a safetensors file of F32, I64 and U8 (Debian has no package that reads them)."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] not in DTYPES:
            raise ValueError(f"{path}: '{name}' is {entry['dtype']}, and this reader takes {', '.join(DTYPES)} only")
        begin, end = entry["data_offsets"]
        dtype = DTYPES[entry["dtype"]]
        count = (end - begin) // torch.empty(0, dtype=dtype).element_size()
        flat = torch.frombuffer(data, dtype=dtype, count=count, offset=begin)
        tensors[name] = flat.reshape(entry["shape"]).clone()
    return tensors


def rotation(grid):
    """Cosine and sine [G*G, 64]: the first half of a head's values follows the row, the second the column."""
    frequencies = 10000.0 ** (-torch.arange(16, dtype=torch.float64) / 16)
    position = torch.arange(grid, dtype=torch.float64) / grid * 14
    angle = torch.outer(position, frequencies).repeat_interleave(2, dim=1)
    angles = torch.cat([angle[:, None].expand(-1, grid, -1), angle[None].expand(grid, -1, -1)], dim=2)
    angles = angles.reshape(grid * grid, HEAD_DIM)
    return angles.cos().float(), angles.sin().float()


class Attention(nn.Module):
    def __init__(self, dim, cos, sin):
        super().__init__()
        self.heads = dim // HEAD_DIM
        self.qkv = nn.Linear(dim, 3 * dim, bias=False)
        self.q_bias = nn.Parameter(torch.zeros(dim))
        self.v_bias = nn.Parameter(torch.zeros(dim))
        self.proj = nn.Linear(dim, dim)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        self.register_buffer("k_bias", torch.zeros(dim), persistent=False)

    def turn(self, t):
        """Neighbouring values (a, b) -> (a cos - b sin, b cos + a sin) for the patches; the class token stays."""
        cls, patches = t[:, :, :1], t[:, :, 1:]
        swapped = torch.stack((-patches[..., 1::2], patches[..., ::2]), dim=-1).flatten(-2)
        return torch.cat((cls, patches * self.cos + swapped * self.sin), dim=2)

    def forward(self, x):
        b, n, dim = x.shape
        bias = torch.cat((self.q_bias, self.k_bias, self.v_bias))
        qkv = F.linear(x, self.qkv.weight, bias)
        q, k, v = qkv.reshape(b, n, 3, self.heads, HEAD_DIM).permute(2, 0, 3, 1, 4)
        scores = (self.turn(q) * HEAD_DIM ** -0.5) @ self.turn(k).transpose(-2, -1)
        x = scores.softmax(dim=-1) @ v
        return self.proj(x.transpose(1, 2).reshape(b, n, dim))


class SwiGlu(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.w12 = nn.Linear(dim, 2 * hidden)
        self.w3 = nn.Linear(hidden, dim)

    def forward(self, x):
        gate, value = self.w12(x).chunk(2, dim=-1)
        return self.w3(F.silu(gate) * value)


class Block(nn.Module):
    def __init__(self, dim, hidden, cos, sin):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim, eps=1e-6)
        self.attn = Attention(dim, cos, sin)
        self.norm2 = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = SwiGlu(dim, hidden)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.proj = nn.Conv2d(3, dim, 16, 16)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)


class EvaX(nn.Module):
    """Images [B,3,S,S] -> logits [B,L]: the mean over patch tokens, a norm, a linear head."""

    def __init__(self, dim, hidden, grid, labels):
        super().__init__()
        cos, sin = rotation(grid)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embed = nn.Parameter(torch.zeros(1, grid * grid + 1, dim))
        self.patch_embed = PatchEmbed(dim)
        self.blocks = nn.ModuleList(Block(dim, hidden, cos, sin) for _ in range(DEPTH))
        self.fc_norm = nn.LayerNorm(dim, eps=1e-6)
        self.head = nn.Linear(dim, labels)

    def forward(self, images):
        x = self.patch_embed(images)
        x = torch.cat((self.cls_token.expand(x.shape[0], -1, -1), x), dim=1) + self.pos_embed
        for block in self.blocks:
            x = block(x)
        return self.head(self.fc_norm(x[:, 1:].mean(dim=1)))


def layer(name):
    """The reference's layer number: embeddings 0, block i is i + 1, the rest 13."""
    if name.startswith("blocks."):
        return int(name.split(".")[1]) + 1
    return 0 if name.startswith(("cls_token", "pos_embed", "patch_embed")) else DEPTH + 1


def optimizer_of(model, rate=1e-3, layer_decay=0.55, weight_decay=0.05):
    """AdamW with the published groups: a rate for each layer, no decay for vectors, cls_token and pos_embed."""
    groups = {}
    for name, parameter in model.named_parameters():
        decays = parameter.dim() > 1 and name not in ("cls_token", "pos_embed")
        groups.setdefault((layer(name), decays), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": members, "lr": rate * layer_decay ** (DEPTH + 1 - number), "weight_decay": weight_decay * decays}
         for (number, decays), members in groups.items()],
        betas=(0.9, 0.999), eps=1e-8, foreach=True)


class Clock:
    def __init__(self):
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def read(self):
        return {"seconds": time.perf_counter() - self.wall, "cpu_seconds": time.process_time() - self.cpu}


class Peer:
    def __init__(self, tensors):
        self.images = tensors.pop("images")
        self.targets = tensors.pop("targets")
        grid = self.images.shape[-1] // 16
        dim = tensors["cls_token"].shape[-1]
        hidden = tensors["blocks.0.mlp.w3.weight"].shape[1]
        self.model = EvaX(dim, hidden, grid, tensors["head.bias"].shape[0])
        self.model.load_state_dict(tensors)
        self.optimizer = optimizer_of(self.model)

    def batch(self, size):
        repeats = -(-size // self.images.shape[0])
        return self.images.repeat(repeats, 1, 1, 1)[:size].contiguous(), self.targets.repeat(repeats, 1)[:size].contiguous()

    def step(self, images, targets):
        self.optimizer.zero_grad(set_to_none=True)
        loss = F.binary_cross_entropy_with_logits(self.model(images), targets)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def check(self):
        before = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.model.eval()
        with torch.no_grad():
            logits = self.model(self.images)
        self.model.train()
        losses = [self.step(self.images, self.targets) for _ in range(3)]
        self.model.load_state_dict(before)
        self.optimizer = optimizer_of(self.model)
        return {"logits": logits.flatten().tolist(), "losses": losses}

    def train(self, size, steps):
        self.model.train()
        images, targets = self.batch(size)
        clock = Clock()
        for _ in range(steps):
            self.step(images, targets)
        return clock.read()

    def forward(self, size, calls):
        self.model.eval()
        images, _ = self.batch(size)
        with torch.no_grad():
            clock = Clock()
            for _ in range(calls):
                self.model(images)
            return clock.read()


    def last_target(self, images):
        """Logits, and what Grad-CAM looks at: the output of the last block's norm1."""
        kept = []
        hook = self.model.blocks[-1].norm1.register_forward_hook(lambda module, given, made: kept.append(made))
        logits = self.model(images)
        hook.remove()
        return logits, kept[0]

    @staticmethod
    def map_of(target, gradient):
        """[B, T]: the channels of the patches, each weighed by its mean gradient."""
        alpha = gradient[:, 1:].mean(dim=1, keepdim=True)
        return (alpha * target[:, 1:]).sum(dim=2)

    def cam(self, size, labels):
        self.model.eval()
        images, _ = self.batch(size)
        clock = Clock()
        for label in range(labels):
            logits, target = self.last_target(images)
            target.retain_grad()
            self.model.zero_grad(set_to_none=True)
            logits[:, label].sum().backward()
            self.map_of(target.detach(), target.grad).relu()
        answer = clock.read()
        self.model.zero_grad(set_to_none=True)
        return answer

    def cam_once(self, size, labels):
        images, _ = self.batch(size)
        clock = Clock()
        self.cams_of(images, labels)
        return clock.read()

    def cams_of(self, images, labels):
        self.model.eval()
        logits, target = self.last_target(images)
        return [self.map_of(target.detach(), torch.autograd.grad(logits[:, label].sum(), target, retain_graph=True)[0])
                for label in range(labels)]

    def cams(self, labels):
        return {"maps": torch.stack(self.cams_of(self.images, labels), dim=1).flatten().tolist()}

    @staticmethod
    def sgemm(side, calls):
        one, other = torch.randn(side, side), torch.randn(side, side)
        with torch.no_grad():
            clock = Clock()
            for _ in range(calls):
                one @ other
            return clock.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", help="weights, images and targets (safetensors)")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    peer = Peer(read_safetensors(options.file))
    print(json.dumps({"ready": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        words = line.split()
        if words == ["quit"]:
            return
        commands = {"check": peer.check, "train": peer.train, "forward": peer.forward, "cam": peer.cam, "cam_once": peer.cam_once,
                    "cams": peer.cams, "sgemm": peer.sgemm}
        answer = commands[words[0]](*map(int, words[1:]))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
