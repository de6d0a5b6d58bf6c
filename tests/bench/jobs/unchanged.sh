# Nothing has changed: import and nightly, against what else looks at every file.
make_data text --format text
in=$data/text/in db=$work/unchanged.db out=$work/nightly
nightly="'$gongkai' nightly -q -w '$db' --inbox '$in' --out '$out'"
import="'$gongkai' import -q -w '$db' '$in'"
git="git --git-dir='$data/text/git' --work-tree='$in'"
sh -c "$(fresh "$db" text)"
sh -c "$nightly" >>"$LOG" 2>&1 || [ $? -le 4 ]
if have git git; then
    if [ ! -e "$data/text/git/whole" ]; then
        rm -rf "$data/text/git"
        sh -c "$git init -q && $git add -A &&
            $git -c user.name=bench -c user.email=bench@localhost commit -qm all" && touch "$data/text/git/whole"
    fi
    against 'unchanged' 'git status' '' "$import" '' "$git status --porcelain"
    against 'nightly, unchanged' 'git status' '' "$nightly" '' "$git status --porcelain"
    if can_drop_caches; then
        against --cold 'unchanged, cold' 'git status' '' "$import" '' "$git status --porcelain"
    fi
fi
if have rsync rsync; then
    [ -d "$data/text/copy" ] || cp -al "$in" "$data/text/copy"
    against 'unchanged' 'rsync -an' '' "$import" '' "rsync -an '$in/' '$data/text/copy/'"
    against 'nightly, unchanged' 'rsync -an' '' "$nightly" '' "rsync -an '$in/' '$data/text/copy/'"
fi
if ! command -v git >/dev/null && ! command -v rsync >/dev/null; then
    alone 'unchanged' '' "$import"
    alone 'nightly, unchanged' '' "$nightly"
fi
rm -rf "$db" "$out"
